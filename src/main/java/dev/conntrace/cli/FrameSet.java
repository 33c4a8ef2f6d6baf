package dev.conntrace.cli;

import java.util.Arrays;

/** A set of frame numbers: one bit for each frame of the capture up to the highest chosen one. */
final class FrameSet {
  private static final int PAGE_SHIFT = 20;
  private static final int PAGE_FRAMES = 1 << PAGE_SHIFT;

  /** So many pages are room for 2^47 frames, more than any file holds. */
  private static final int MAX_PAGES = 1 << 27;

  private static final long[] NO_FRAMES = {};

  private long[][] pages = {};
  private long size;

  /** Adds a frame, numbered from 1. */
  void add(long frame) {
    int page = (int) Math.min(frame >>> PAGE_SHIFT, MAX_PAGES);
    if (page >= pages.length) {
      int known = pages.length;
      pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * known));
      Arrays.fill(pages, known, pages.length, NO_FRAMES);
    }
    long[] bits = pages[page];
    if (bits.length == 0) {
      bits = new long[PAGE_FRAMES / Long.SIZE];
      pages[page] = bits;
    }
    int word = wordOf(frame);
    size += (bits[word] >>> frame & 1) == 0 ? 1 : 0;
    bits[word] |= 1L << frame;
  }

  /** Returns whether a frame was added. */
  boolean contains(long frame) {
    long page = frame >>> PAGE_SHIFT;
    if (page >= pages.length) {
      return false;
    }
    long[] bits = pages[(int) page];
    return bits.length > 0 && (bits[wordOf(frame)] >>> frame & 1) != 0;
  }

  /** Returns how many frames are in it. */
  long size() {
    return size;
  }

  private static int wordOf(long frame) {
    return (int) (frame & (PAGE_FRAMES - 1)) / Long.SIZE;
  }
}
