package dev.conntrace.cli;

import java.util.Arrays;

/**
 * The frames of one connection of which it is not known yet whether it is wanted: a byte or two for
 * each, the distance to the one before it.
 */
final class FrameList {
  private static final int MORE = 0x80;
  private static final int BITS = 7;
  private static final int MAX_BYTES_EACH = 10;

  private byte[] bytes = new byte[16];
  private int used;
  private long last;

  void add(long frame) {
    if (bytes.length - used < MAX_BYTES_EACH) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    long distance = frame - last;
    last = frame;
    // The sign goes to the lowest bit, so that a small step back is a small number too.
    long rest = distance << 1 ^ distance >> (Long.SIZE - 1);
    while (rest >= MORE) {
      bytes[used++] = (byte) (rest | MORE);
      rest >>>= BITS;
    }
    bytes[used++] = (byte) rest;
  }

  /** Adds all frames to a set. */
  void addTo(FrameSet set) {
    long frame = 0;
    int at = 0;
    while (at < used) {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        next = bytes[at++];
        value |= (long) (next & (MORE - 1)) << shift;
        shift += BITS;
      } while ((next & MORE) != 0);
      frame += value >>> 1 ^ -(value & 1);
      set.add(frame);
    }
  }
}
