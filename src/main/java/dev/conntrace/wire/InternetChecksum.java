package dev.conntrace.wire;

/**
 * The sum of IP, TCP and UDP checksums (RFC 1071): 16-bit words added in one's complement. Longer
 * words give the same sum once it is folded (RFC 1071 2), which is why it is done by fours.
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
    long sum = 0;
    int end = offset + length;
    int at = offset;
    for (; at + 4 <= end; at += 4) {
      sum += BigEndian.u32(bytes, at);
    }
    if (at + 2 <= end) {
      sum += BigEndian.u16(bytes, at);
      at += 2;
    }
    if (at < end) {
      sum += BigEndian.u8(bytes, at) << 8;
    }
    return sum;
  }

  /** Returns a sum folded to 16 bits, not complemented. */
  public static int fold(long sum) {
    long folded = (sum >>> 32) + (sum & 0xFFFFFFFFL);
    folded = (folded >>> 16) + (folded & 0xFFFF);
    folded = (folded >>> 16) + (folded & 0xFFFF);
    return (int) ((folded >>> 16) + (folded & 0xFFFF));
  }
}
