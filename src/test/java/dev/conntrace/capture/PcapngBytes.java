package dev.conntrace.capture;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Builds pcapng files in memory for tests. They start with a section header. */
public final class PcapngBytes {
  public static final int OPT_COMMENT = 1;
  public static final int EPB_FLAGS = 2;
  public static final int SHB_HARDWARE = 2;
  public static final int SHB_OS = 3;
  public static final int SHB_APPLICATION = 4;
  public static final int IF_NAME = 2;
  public static final int IF_DESCRIPTION = 3;
  public static final int IF_TSRESOL = 9;
  public static final int IF_TSOFFSET = 14;
  public static final int ISB_IFRECV = 4;
  public static final int ISB_IFDROP = 5;
  public static final int ISB_OSDROP = 7;

  private static final int SECTION_HEADER = 0x0A0D0D0A;

  private final OrderedBytes file;
  private final List<Integer> blockEnds = new ArrayList<>();
  private final List<Integer> packetEnds = new ArrayList<>();
  private ByteOrder order;

  private PcapngBytes(ByteOrder order) {
    this.order = order;
    this.file = new OrderedBytes(order);
    section(order);
  }

  public static PcapngBytes littleEndian() {
    return new PcapngBytes(ByteOrder.LITTLE_ENDIAN);
  }

  public static PcapngBytes bigEndian() {
    return new PcapngBytes(ByteOrder.BIG_ENDIAN);
  }

  public static PcapngBytes in(ByteOrder order) {
    return new PcapngBytes(order);
  }

  /** Starts a section of that byte order and of unknown length. */
  public PcapngBytes section(ByteOrder next) {
    return section(next, 1, -1);
  }

  public PcapngBytes section(ByteOrder next, int majorVersion, long lengthBytes) {
    return section(next, majorVersion, lengthBytes, options -> options.option(4, ascii()));
  }

  public PcapngBytes section(
      ByteOrder next, int majorVersion, long lengthBytes, Consumer<OrderedBytes> options) {
    order = next;
    file.changeOrder(next);
    return block(
        SECTION_HEADER,
        body -> options.accept(body.u32(0x1A2B3C4D).u16(majorVersion).u16(0).u64(lengthBytes)));
  }

  /** Describes an interface that keeps everything and counts microseconds. */
  public PcapngBytes describe(int linkType) {
    return describe(linkType, 0, options -> {});
  }

  public PcapngBytes describe(int linkType, long snapLength) {
    return describe(linkType, snapLength, options -> {});
  }

  /** Describes an interface with if_tsresol and if_tsoffset among other options. */
  public PcapngBytes describe(int linkType, int resolution, long offsetSeconds) {
    return describe(
        linkType,
        0,
        options ->
            options
                .option(2, ascii())
                .option(IF_TSRESOL, (byte) resolution)
                .option64(IF_TSOFFSET, offsetSeconds)
                .u32(0));
  }

  public PcapngBytes describe(int linkType, long snapLength, Consumer<OrderedBytes> options) {
    return block(1, body -> options.accept(body.u16(linkType).u16(0).u32(snapLength)));
  }

  public PcapngBytes enhanced(int interfaceId, long ticks, byte[] bytes) {
    return enhanced(interfaceId, ticks, bytes, bytes.length);
  }

  /** Appends an enhanced packet block with flags after its packet. */
  public PcapngBytes enhanced(int interfaceId, long ticks, byte[] captured, long originalLength) {
    return enhanced(
        interfaceId,
        ticks,
        captured,
        originalLength,
        options -> options.option(EPB_FLAGS, new byte[4]));
  }

  /** Appends an enhanced packet block with comments after its packet. */
  public PcapngBytes commented(int interfaceId, byte[] captured, String... comments) {
    return enhanced(
        interfaceId, 0, captured, captured.length, options -> comment(options, comments));
  }

  private static void comment(OrderedBytes options, String... comments) {
    for (String comment : comments) {
      options.option(OPT_COMMENT, comment.getBytes(StandardCharsets.UTF_8));
    }
  }

  public PcapngBytes enhanced(
      int interfaceId,
      long ticks,
      byte[] captured,
      long originalLength,
      Consumer<OrderedBytes> options) {
    return packetBlock(
        6,
        body -> {
          body.u32(interfaceId)
              .u32(ticks >>> 32)
              .u32(ticks)
              .u32(captured.length)
              .u32(originalLength)
              .raw(captured)
              .pad();
          options.accept(body);
          body.u32(0);
        });
  }

  public PcapngBytes simple(byte[] captured, long originalLength) {
    return packetBlock(3, body -> body.u32(originalLength).raw(captured).pad());
  }

  /** Appends the obsolete packet block, perhaps with comments. */
  public PcapngBytes old(int interfaceId, long ticks, byte[] captured, String... comments) {
    return packetBlock(
        2,
        body -> {
          body.u16(interfaceId)
              .u16(0xFFFF)
              .u32(ticks >>> 32)
              .u32(ticks)
              .u32(captured.length)
              .u32(captured.length)
              .raw(captured)
              .pad();
          comment(body, comments);
        });
  }

  /** Appends a name resolution block with one record. */
  public PcapngBytes names(byte[] address, String... names) {
    return block(
        4,
        body -> {
          OrderedBytes record = new OrderedBytes(order).raw(address);
          for (String name : names) {
            record.raw(name.getBytes(StandardCharsets.UTF_8)).raw((byte) 0);
          }
          body.option(address.length == 4 ? 1 : 2, record.toBytes()).u32(0);
        });
  }

  public PcapngBytes statistics(int interfaceId, Consumer<OrderedBytes> options) {
    return block(5, body -> options.accept(body.u32(interfaceId).u64(0)));
  }

  /** Appends statistics of one interface with received and both kinds of dropped packets. */
  public PcapngBytes statistics(int interfaceId, long byInterface, long bySystem) {
    return statistics(
        interfaceId,
        options ->
            options
                .option64(ISB_IFRECV, 1000)
                .option64(ISB_IFDROP, byInterface)
                .option64(ISB_OSDROP, bySystem)
                .u32(0));
  }

  /** Appends a block of any type, its lengths and padding right. */
  public PcapngBytes block(int type, Consumer<OrderedBytes> body) {
    OrderedBytes content = new OrderedBytes(order);
    body.accept(content);
    content.pad();
    int lengthBytes = content.size() + 12;
    file.u32(type).u32(lengthBytes).raw(content.toBytes()).u32(lengthBytes);
    blockEnds.add(file.size());
    return this;
  }

  /** Appends anything, in the section's byte order; it counts as nothing. */
  public PcapngBytes raw(Consumer<OrderedBytes> anything) {
    anything.accept(file);
    return this;
  }

  /** Returns how many whole packets the first {@code lengthBytes} bytes of the file hold. */
  public int packetsWithin(int lengthBytes) {
    return (int) packetEnds.stream().filter(end -> end <= lengthBytes).count();
  }

  /** Returns whether a file of that length would end where a block ends. */
  public boolean isWholeAt(int lengthBytes) {
    return blockEnds.contains(lengthBytes);
  }

  public int size() {
    return file.size();
  }

  public byte[] toBytes() {
    return file.toBytes();
  }

  private PcapngBytes packetBlock(int type, Consumer<OrderedBytes> body) {
    block(type, body);
    packetEnds.add(file.size());
    return this;
  }

  private static byte[] ascii() {
    return new byte[] {'n', 'a', 'm', 'e', 'd'};
  }
}
