package dev.conntrace.capture;

import java.util.HexFormat;

/**
 * Reads the records of a name resolution block (draft-ietf-opsawg-pcapng 4.5): type and length in 2
 * bytes each, an address, names that each end with a zero, padding to 4 bytes.
 */
final class PcapngNames {
  private static final int END = 0;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int HEADER_BYTES = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private PcapngNames() {}

  /** Keeps the first name of each record, up to the first malformed one. */
  static void read(byte[] bytes, int from, int end, FieldOrder order, PcapngTexts texts) {
    int at = from;
    while (end - at >= HEADER_BYTES) {
      int type = order.u16(bytes, at);
      int length = order.u16(bytes, at + 2);
      int value = at + HEADER_BYTES;
      if (type == END || length > end - value) {
        return;
      }
      int addressBytes = type == IPV4 ? IPV4_BYTES : type == IPV6 ? IPV6_BYTES : length;
      if (addressBytes < length) {
        int name = value + addressBytes;
        texts.nameHost(
            HexFormat.of().formatHex(bytes, value, name),
            bytes,
            name,
            lengthOf(bytes, name, value + length));
      }
      at = value + (length + 3 & ~3);
    }
  }

  private static int lengthOf(byte[] bytes, int at, int end) {
    int zero = at;
    while (zero < end && bytes[zero] != 0) {
      zero++;
    }
    return zero - at;
  }
}
