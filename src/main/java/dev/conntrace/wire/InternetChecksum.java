package dev.conntrace.wire;

/**
 * The sum of IP, TCP and UDP checksums (RFC 1071): 16-bit words added in one's complement. Carries
 * may be added in at the end (RFC 1071 2), so upper and lower bytes are summed apart: that takes no
 * shift for each.
 */
public final class InternetChecksum {
  /** What a region that holds its own correct checksum folds to. */
  public static final int CORRECT = 0xFFFF;

  private InternetChecksum() {}

  /**
   * Returns the sum, not yet folded, of {@code length} bytes from {@code offset} on; an odd last
   * byte counts as the upper half of a word. Sums of regions may be added if all but the last have
   * an even length.
   */
  public static long sum(byte[] bytes, int offset, int length) {
    long upper = 0;
    long lower = 0;
    int end = offset + length;
    int at = offset;
    for (; at + 4 <= end; at += 4) {
      upper += (bytes[at] & 0xFF) + (bytes[at + 2] & 0xFF);
      lower += (bytes[at + 1] & 0xFF) + (bytes[at + 3] & 0xFF);
    }
    if (at + 2 <= end) {
      upper += bytes[at] & 0xFF;
      lower += bytes[at + 1] & 0xFF;
      at += 2;
    }
    if (at < end) {
      upper += bytes[at] & 0xFF;
    }
    return (upper << 8) + lower;
  }

  /** Returns a sum folded to 16 bits, not complemented. */
  public static int fold(long sum) {
    long folded = (sum >>> 32) + (sum & 0xFFFFFFFFL);
    folded = (folded >>> 16) + (folded & 0xFFFF);
    folded = (folded >>> 16) + (folded & 0xFFFF);
    return (int) ((folded >>> 16) + (folded & 0xFFFF));
  }
}
