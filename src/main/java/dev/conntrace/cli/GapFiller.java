package dev.conntrace.cli;

import dev.conntrace.stream.StreamGap;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes zero bytes in the place of missing ones, up to a bound: one forged sequence number must
 * not fill a disk.
 */
final class GapFiller {
  /** How many bytes of filling one run writes at most. */
  static final long MOST_BYTES = 1L << 30;

  private static final int BLOCK = 64 * 1024;

  private final Messages messages;
  private final byte[] zeros = new byte[BLOCK];
  private long left = MOST_BYTES;

  GapFiller(Messages messages) {
    this.messages = messages;
  }

  /** Fills a gap, or says that it does not. */
  void fill(StreamGap gap, OutputStream out) throws IOException {
    long count = gap.length();
    if (count > left) {
      messages.error(
          "connection "
              + gap.stream().connection()
              + ": a gap of "
              + count
              + " bytes is not filled: no more than "
              + MOST_BYTES
              + " bytes of filling are written");
      return;
    }
    left -= count;
    while (count > 0) {
      int part = (int) Math.min(count, BLOCK);
      out.write(zeros, 0, part);
      count -= part;
    }
  }
}
