package dev.conntrace.capture;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds pcap files in memory for tests: Ethernet, microseconds, snap length 262144 unless told.
 */
public final class PcapBytes {
  public static final int FILE_HEADER_BYTES = 24;

  private final ByteOrder order;
  private final OrderedBytes records;
  private final List<Integer> ends = new ArrayList<>();
  private boolean nanoseconds;
  private boolean kuznetzov;
  private int version = 4;
  private long snapLength = 262_144;
  private long linkTypeField = 1;

  private PcapBytes(ByteOrder order) {
    this.order = order;
    this.records = new OrderedBytes(order);
  }

  public static PcapBytes littleEndian() {
    return new PcapBytes(ByteOrder.LITTLE_ENDIAN);
  }

  public static PcapBytes bigEndian() {
    return new PcapBytes(ByteOrder.BIG_ENDIAN);
  }

  public static PcapBytes in(ByteOrder order) {
    return new PcapBytes(order);
  }

  /** Stores nanoseconds; to be said before the first packet. */
  public PcapBytes nanoseconds() {
    nanoseconds = true;
    return this;
  }

  /**
   * Writes 24 bytes before each packet, as Kuznetzov's libpcap did; to be said before the first.
   */
  public PcapBytes kuznetzov() {
    kuznetzov = true;
    return this;
  }

  public PcapBytes snapLength(long bytes) {
    snapLength = bytes;
    return this;
  }

  /** Sets the whole 32-bit field, of which the low 16 bits are the link type. */
  public PcapBytes linkType(long field) {
    linkTypeField = field;
    return this;
  }

  public PcapBytes version(int minor) {
    version = minor;
    return this;
  }

  /** Appends a packet that was captured whole. */
  public PcapBytes packet(long timestampNanos, byte[] bytes) {
    return packet(timestampNanos, bytes, bytes.length);
  }

  /** Appends a packet of which only {@code captured} was kept. */
  public PcapBytes packet(long timestampNanos, byte[] captured, long originalLength) {
    long subsecondNanos = timestampNanos % 1_000_000_000;
    record(
        timestampNanos / 1_000_000_000,
        nanoseconds ? subsecondNanos : subsecondNanos / 1_000,
        captured.length,
        originalLength,
        captured);
    ends.add(FILE_HEADER_BYTES + records.size());
    return this;
  }

  /** Appends a record whose fields need not fit; it does not count as a packet. */
  public PcapBytes record(
      long seconds, long ticks, long capturedLength, long originalLength, byte... bytes) {
    records.u32(seconds).u32(ticks).u32(capturedLength).u32(originalLength);
    if (kuznetzov) {
      records.u32(2).u16(0x800).raw((byte) 4, (byte) 0);
    }
    records.raw(bytes);
    return this;
  }

  /** Appends anything. */
  public PcapBytes raw(byte... bytes) {
    records.raw(bytes);
    return this;
  }

  /** Returns how many whole packets the first {@code lengthBytes} bytes of the file hold. */
  public int packetsWithin(int lengthBytes) {
    return (int) ends.stream().filter(end -> end <= lengthBytes).count();
  }

  /** Returns whether a file of that length would end where a record ends. */
  public boolean isWholeAt(int lengthBytes) {
    return lengthBytes == FILE_HEADER_BYTES || ends.contains(lengthBytes);
  }

  public byte[] toBytes() {
    return new OrderedBytes(order)
        .u32(kuznetzov ? 0xA1B2CD34L : nanoseconds ? 0xA1B23C4DL : 0xA1B2C3D4L)
        .u16(2)
        .u16(version)
        .u64(0)
        .u32(snapLength)
        .u32(linkTypeField)
        .raw(records.toBytes())
        .toBytes();
  }
}
