package dev.conntrace.capture;

import java.io.IOException;

/**
 * Reads pcap files (draft-ietf-opsawg-pcap).
 *
 * <pre>
 * file header, 24 bytes                     record header, 16 bytes (24 in one variant)
 *  0 magic number                            0 seconds since 1970
 *  4 version, major and minor, 2 bytes each  4 micro- or nanoseconds
 *  8 reserved                                8 captured length
 * 16 snap length                            12 original length
 * 20 link type (low 16 bits)                   the captured bytes, no padding
 * </pre>
 */
final class PcapReader implements PacketSource {
  private static final int FILE_HEADER_BYTES = 24;
  private static final int VERSION_MAJOR = 4;
  private static final int VERSION_MINOR = 6;
  private static final int SNAP_LENGTH = 16;
  private static final int LINK_TYPE = 20;

  private static final int SECONDS = 0;
  private static final int SUBSECOND_TICKS = 4;
  private static final int CAPTURED_LENGTH = 8;
  private static final int ORIGINAL_LENGTH = 12;

  private static final int SUPPORTED_MAJOR = 2;
  private static final int SUPPORTED_MINOR = 4;

  /** The field's upper half holds the length of the frame check sequence, not a link type. */
  private static final int LINK_TYPE_MASK = 0xFFFF;

  /** What capturing programs take as the largest packet unless the file header asks for more. */
  private static final int USUAL_MAX_CAPTURED_BYTES = 262_144;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final CaptureInput input;
  private final FieldOrder order;
  private final PcapVariant variant;
  private final int recordHeaderBytes;
  private final long nanosPerTick;
  private final int linkType;
  private final int maxCapturedBytes;
  private long frames;

  /**
   * Reads the file header.
   *
   * @param input stands at the magic number, which has been looked at but not skipped
   * @throws CaptureException if the header is cut off or of a version that nothing writes
   */
  PcapReader(CaptureInput input, PcapVariant variant, FieldOrder order) throws CaptureException {
    this.input = input;
    this.variant = variant;
    this.order = order;
    this.recordHeaderBytes = variant.recordHeaderBytes();
    this.nanosPerTick = variant.nanosPerTick();
    if (!input.ensure(FILE_HEADER_BYTES)) {
      throw input.damaged(
          "the pcap file header is cut off: "
              + input.available()
              + " of "
              + FILE_HEADER_BYTES
              + " bytes",
          0,
          0);
    }
    byte[] bytes = input.bytes();
    int at = input.at();
    requireVersion(order.u16(bytes, at + VERSION_MAJOR), order.u16(bytes, at + VERSION_MINOR));
    this.maxCapturedBytes = maxCapturedBytes(order.u32(bytes, at + SNAP_LENGTH));
    this.linkType = order.i32(bytes, at + LINK_TYPE) & LINK_TYPE_MASK;
    input.skip(FILE_HEADER_BYTES);
  }

  private void requireVersion(int major, int minor) throws CaptureException {
    if (major != SUPPORTED_MAJOR || minor != SUPPORTED_MINOR) {
      throw input.damaged(
          "pcap version " + major + "." + minor + " is not supported, only 2.4 is", 0, 0);
    }
  }

  /**
   * Returns the captured length above which a record must be damaged. Files do hold packets beyond
   * their snap length, and 0 stands for "no limit".
   */
  private static int maxCapturedBytes(long snapLength) {
    if (snapLength == 0) {
      return CaptureInput.MAX_CAPTURED_BYTES;
    }
    return (int)
        Math.max(USUAL_MAX_CAPTURED_BYTES, Math.min(snapLength, CaptureInput.MAX_CAPTURED_BYTES));
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    if (!input.ensure(recordHeaderBytes)) {
      if (input.isAtEnd()) {
        return false;
      }
      throw headerCutOff();
    }
    int capturedLength = order.i32(input.bytes(), input.at() + CAPTURED_LENGTH);
    if (Integer.compareUnsigned(capturedLength, maxCapturedBytes) > 0) {
      throw tooLong(capturedLength & 0xFFFFFFFFL);
    }
    int recordBytes = recordHeaderBytes + capturedLength;
    if (!input.ensure(recordBytes)) {
      throw bodyCutOff(capturedLength);
    }
    byte[] bytes = input.bytes();
    int at = input.at();
    long timestampNanos =
        order.u32(bytes, at + SECONDS) * NANOS_PER_SECOND
            + order.u32(bytes, at + SUBSECOND_TICKS) * nanosPerTick;
    packet.set(
        bytes, at + recordHeaderBytes, capturedLength, order.u32(bytes, at + ORIGINAL_LENGTH));
    packet.describe(++frames, timestampNanos, linkType, 0);
    input.skip(recordBytes);
    return true;
  }

  private CaptureException headerCutOff() {
    return damaged(
        "the header of a packet record is cut off: "
            + input.available()
            + " of "
            + recordHeaderBytes
            + " bytes");
  }

  private CaptureException bodyCutOff(int capturedLength) {
    return damaged(
        "a packet record is cut off: "
            + (input.available() - recordHeaderBytes)
            + " of "
            + capturedLength
            + " captured bytes");
  }

  private CaptureException tooLong(long capturedLength) {
    return damaged(
        "a packet record states a captured length of "
            + capturedLength
            + " bytes, over the limit of "
            + maxCapturedBytes);
  }

  /**
   * The record has not been skipped, so this is where it begins, and asking again says it again.
   */
  private CaptureException damaged(String fault) {
    return input.damaged(fault, input.position(), frames);
  }

  @Override
  public String format() {
    return "pcap, " + order.words() + ", " + variant.words() + input.compressionWords();
  }

  @Override
  public long bytesRead() {
    return input.fileBytesRead();
  }

  /** The format has no place for drop counts. */
  @Override
  public long droppedPackets() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
