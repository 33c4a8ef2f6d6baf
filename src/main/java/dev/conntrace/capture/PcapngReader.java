package dev.conntrace.capture;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcapng files (draft-ietf-opsawg-pcapng).
 *
 * <pre>
 * every block          enhanced packet (6)    simple packet (3)    old packet (2)
 *  0 type               8 interface id         8 original length    8 interface id, 2 bytes
 *  4 total length      12 timestamp, high     12 packet            10 drop count, 2 bytes
 *  8 body              16 timestamp, low                           12 timestamp, high
 *  . padding to 4      20 captured length                          16 timestamp, low
 * -4 total length      24 original length                          20 captured length
 *                      28 packet, options                          24 original length
 *                                                                  28 packet, options
 * section header       interface (1)          statistics (5)
 *  8 byte-order magic   8 link type, 2 bytes   8 interface id
 * 12 version           12 snap length         12 timestamp
 * 16 section length    16 options             20 options
 * 24 options
 * </pre>
 *
 * Section lengths are not needed and not believed.
 */
final class PcapngReader implements PacketSource {
  /** Reads the same in both byte orders, and so recognises the file. */
  static final int SECTION_HEADER = 0x0A0D0D0A;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int NAME_RESOLUTION = 4;
  static final int INTERFACE_STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;

  static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int SUPPORTED_MAJOR = 1;

  private static final int TYPE = 0;
  private static final int TOTAL_LENGTH = 4;
  static final int BYTE_ORDER_AT = 8;
  private static final int VERSION_MAJOR = 12;
  private static final int LINK_TYPE = 8;
  private static final int SNAP_LENGTH = 12;
  private static final int INTERFACE_ID = 8;
  private static final int TIMESTAMP_HIGH = 12;
  private static final int TIMESTAMP_LOW = 16;
  private static final int CAPTURED_LENGTH = 20;
  private static final int ORIGINAL_LENGTH = 24;
  private static final int PACKET = 28;
  private static final int SIMPLE_ORIGINAL_LENGTH = 8;
  private static final int SIMPLE_PACKET_AT = 12;

  private static final int LENGTH_BYTES = 4;
  private static final int BLOCK_HEADER_BYTES = 8;

  /** Each with the second total length at the end, and without options. */
  static final int MIN_BLOCK_BYTES = 12;

  static final int MIN_SECTION_HEADER_BYTES = 28;
  private static final int MIN_INTERFACE_BYTES = 20;
  static final int MIN_STATISTICS_BYTES = 24;
  private static final int MIN_PACKET_BYTES = 32;
  private static final int MIN_SIMPLE_PACKET_BYTES = 16;

  /** The largest block that is taken into memory: the largest packet and generous options. */
  private static final int MAX_BLOCK_BYTES = CaptureInput.MAX_CAPTURED_BYTES + 1024 * 1024;

  private static final int MAX_NAMES_BLOCK_BYTES = 1024 * 1024;

  private final CaptureInput input;
  private final PcapngInterfaces interfaces = new PcapngInterfaces();
  private final PcapngTexts texts = new PcapngTexts();
  private final PcapngOptions options = new PcapngOptions();
  private FieldOrder order = FieldOrder.BIG_ENDIAN;
  private List<LossyFrames> foretold = List.of();
  private long frames;
  private @Nullable CaptureException damage;

  /** The block at hand: where it begins in the capture, and once it is taken, in the window. */
  private long blockOffset;

  private byte[] bytes = new byte[0];
  private int at;
  private int blockBytes;

  /**
   * Reads the first section header.
   *
   * @param input stands at the first block, which has been looked at but not skipped
   * @throws CaptureException if the section header is cut off or damaged
   */
  PcapngReader(CaptureInput input) throws CaptureException {
    this.input = input;
    if (hasBlock()) {
      readBlock(new Packet());
    }
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    // A damaged block may be half skipped; trying again would take what follows for a block.
    if (damage != null) {
      throw damage;
    }
    try {
      while (hasBlock()) {
        if (readBlock(packet)) {
          return true;
        }
      }
      return false;
    } catch (CaptureException e) {
      damage = e;
      throw e;
    }
  }

  private boolean hasBlock() throws CaptureException {
    blockOffset = input.position();
    if (input.ensure(BLOCK_HEADER_BYTES)) {
      return true;
    }
    if (input.isAtEnd()) {
      return false;
    }
    throw cutOff("the header of a block", BLOCK_HEADER_BYTES);
  }

  /** Reads one block whose header is available; true if it was a packet, which is now laid out. */
  private boolean readBlock(Packet packet) throws CaptureException {
    int type = order.i32(input.bytes(), input.at() + TYPE);
    switch (type) {
      case ENHANCED_PACKET -> {
        takeBlock("an enhanced packet block", MIN_PACKET_BYTES);
        readLongPacket(packet, order.i32(bytes, at + INTERFACE_ID));
        return true;
      }
      case SIMPLE_PACKET -> {
        takeBlock("a simple packet block", MIN_SIMPLE_PACKET_BYTES);
        readSimplePacket(packet);
        return true;
      }
      case OLD_PACKET -> {
        takeBlock("a packet block", MIN_PACKET_BYTES);
        readLongPacket(packet, order.u16(bytes, at + INTERFACE_ID));
        return true;
      }
      case INTERFACE_DESCRIPTION -> {
        takeBlock("an interface description", MIN_INTERFACE_BYTES);
        readInterface();
      }
      case INTERFACE_STATISTICS -> {
        takeBlock("an interface statistics block", MIN_STATISTICS_BYTES);
        readStatistics();
      }
      case SECTION_HEADER -> {
        takeByteOrder();
        takeBlock("a section header", MIN_SECTION_HEADER_BYTES);
        readSectionHeader();
      }
      case NAME_RESOLUTION -> readNames();
      default -> skipBlock("a block of type " + Integer.toUnsignedString(type));
    }
    return false;
  }

  /** Makes the whole block available, checks its two lengths and steps over it. */
  private void takeBlock(String what, int minBytes) throws CaptureException {
    long stated = statedLength(what);
    if (stated < minBytes || stated > MAX_BLOCK_BYTES) {
      throw impossibleLength(what, stated);
    }
    blockBytes = (int) stated;
    if (!input.ensure(blockBytes)) {
      throw cutOff(what, stated);
    }
    bytes = input.bytes();
    at = input.at();
    requireSameLength(what, stated, order.u32(bytes, at + blockBytes - LENGTH_BYTES));
    input.skip(blockBytes);
  }

  /** Steps over a block of any size without taking it into memory. */
  private void skipBlock(String what) throws CaptureException {
    long stated = statedLength(what);
    if (!input.skipAcross(stated - LENGTH_BYTES) || !input.ensure(LENGTH_BYTES)) {
      throw cutOff(what, stated);
    }
    requireSameLength(what, stated, order.u32(input.bytes(), input.at()));
    input.skip(LENGTH_BYTES);
  }

  private long statedLength(String what) throws CaptureException {
    long stated = order.u32(input.bytes(), input.at() + TOTAL_LENGTH);
    if (stated < MIN_BLOCK_BYTES || (stated & 3) != 0) {
      throw impossibleLength(what, stated);
    }
    return stated;
  }

  private void requireSameLength(String what, long first, long second) throws CaptureException {
    if (first != second) {
      throw damaged(what + " has two different lengths, " + first + " and " + second);
    }
  }

  /** A section header's own length is already in the section's byte order. */
  private void takeByteOrder() throws CaptureException {
    if (!input.ensure(BYTE_ORDER_AT + Integer.BYTES)) {
      throw cutOff("a section header", MIN_SECTION_HEADER_BYTES);
    }
    int magic = FieldOrder.BIG_ENDIAN.i32(input.bytes(), input.at() + BYTE_ORDER_AT);
    if (magic == BYTE_ORDER_MAGIC) {
      order = FieldOrder.BIG_ENDIAN;
    } else if (magic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
      order = FieldOrder.LITTLE_ENDIAN;
    } else {
      throw damaged("a section header has no byte-order magic");
    }
  }

  private void readSectionHeader() throws CaptureException {
    int major = order.u16(bytes, at + VERSION_MAJOR);
    if (major != SUPPORTED_MAJOR) {
      throw damaged("pcapng version " + major + " is not supported, only 1 is");
    }
    interfaces.startSection();
    texts.startSection(optionsFrom(MIN_SECTION_HEADER_BYTES));
  }

  private void readInterface() throws CaptureException {
    PcapngInterface described =
        PcapngInterface.describedBy(
            order.u16(bytes, at + LINK_TYPE),
            order.u32(bytes, at + SNAP_LENGTH),
            optionsFrom(MIN_INTERFACE_BYTES),
            texts);
    if (described == null) {
      throw damaged("an interface description has options that are cut off or of a wrong length");
    }
    described.countFrom(frames);
    if (!interfaces.add(described)) {
      throw damaged(
          "a section describes more than " + PcapngInterfaces.MAX_IN_SECTION + " interfaces");
    }
  }

  /** Statistics of an interface that is not there say nothing about those that are. */
  private void readStatistics() {
    PcapngInterface about = interfaces.get(order.i32(bytes, at + INTERFACE_ID));
    if (about != null) {
      interfaces.takeStatistics(about, optionsFrom(MIN_STATISTICS_BYTES), frames);
    }
  }

  /** Returns the options of a block of which {@code minBytes} are all there is without any. */
  private PcapngOptions optionsFrom(int minBytes) {
    options.begin(bytes, at + minBytes - LENGTH_BYTES, at + blockBytes - LENGTH_BYTES, order);
    return options;
  }

  /** Lays out an enhanced or an old packet block: they differ in the interface id alone. */
  private void readLongPacket(Packet packet, int interfaceId) throws CaptureException {
    PcapngInterface from = interfaceOf(interfaceId);
    int capturedLength = order.i32(bytes, at + CAPTURED_LENGTH);
    if (Integer.compareUnsigned(capturedLength, blockBytes - MIN_PACKET_BYTES) > 0) {
      throw damaged(
          "a packet block of "
              + blockBytes
              + " bytes states a captured length of "
              + Integer.toUnsignedString(capturedLength));
    }
    long ticks = order.u32(bytes, at + TIMESTAMP_HIGH) << 32 | order.u32(bytes, at + TIMESTAMP_LOW);
    packet.set(bytes, at + PACKET, capturedLength, order.u32(bytes, at + ORIGINAL_LENGTH));
    packet.describe(
        ++frames, from.clock().nanos(ticks), from.linkType(), interfaces.indexOf(interfaceId));
    int paddedBytes = capturedLength + 3 & ~3;
    boolean hasOptions = blockBytes - MIN_PACKET_BYTES - paddedBytes > 0;
    String comment =
        hasOptions ? texts.commentsAmong(optionsFrom(MIN_PACKET_BYTES + paddedBytes), frames) : "";
    packet.annotate(interfaces.notesOf(interfaceId, comment));
  }

  /** Simple packets belong to the section's first interface and leave the captured length open. */
  private void readSimplePacket(Packet packet) throws CaptureException {
    PcapngInterface from = interfaceOf(0);
    long originalLength = order.u32(bytes, at + SIMPLE_ORIGINAL_LENGTH);
    long capturedLength = Math.min(originalLength, blockBytes - MIN_SIMPLE_PACKET_BYTES);
    if (from.snapLength() != 0) {
      capturedLength = Math.min(capturedLength, from.snapLength());
    }
    packet.set(bytes, at + SIMPLE_PACKET_AT, (int) capturedLength, originalLength);
    packet.describe(++frames, Packet.NO_TIMESTAMP, from.linkType(), interfaces.indexOf(0));
    packet.annotate(interfaces.notesOf(0, ""));
  }

  /** Reads the names of addresses, or steps over the block if there are absurdly many. */
  private void readNames() throws CaptureException {
    String what = "a name resolution block";
    if (statedLength(what) > MAX_NAMES_BLOCK_BYTES) {
      texts.giveUp();
      skipBlock(what);
      return;
    }
    takeBlock(what, MIN_BLOCK_BYTES);
    PcapngNames.read(bytes, at + BLOCK_HEADER_BYTES, at + blockBytes - LENGTH_BYTES, order, texts);
  }

  private PcapngInterface interfaceOf(int id) throws CaptureException {
    PcapngInterface described = interfaces.get(id);
    if (described == null) {
      throw damaged(
          "a packet block names interface "
              + Integer.toUnsignedString(id)
              + ", but the section describes only "
              + interfaces.inSection());
    }
    return described;
  }

  private CaptureException impossibleLength(String what, long stated) {
    return damaged(what + " states an impossible length of " + stated + " bytes");
  }

  private CaptureException cutOff(String what, long wantedBytes) {
    long presentBytes = input.position() + input.available() - blockOffset;
    return damaged(what + " is cut off: " + presentBytes + " of " + wantedBytes + " bytes");
  }

  private CaptureException damaged(String fault) {
    return input.damaged(fault, blockOffset, frames);
  }

  @Override
  public String format() {
    return "pcapng, " + order.words() + input.compressionWords();
  }

  @Override
  public long bytesRead() {
    return input.fileBytesRead();
  }

  @Override
  public long droppedPackets() {
    return interfaces.droppedPackets();
  }

  /** What was foretold holds from the beginning; without that, what was read so far. */
  @Override
  public List<LossyFrames> drops() {
    return foretold.isEmpty() ? interfaces.drops() : foretold;
  }

  /** Makes known what looking ahead in the same file has found. */
  void foretell(List<LossyFrames> drops) {
    foretold = drops;
  }

  /** Returns whether a block of this type holds a packet. */
  static boolean isPacket(int blockType) {
    return blockType == ENHANCED_PACKET || blockType == SIMPLE_PACKET || blockType == OLD_PACKET;
  }

  @Override
  public CaptureTexts texts() {
    return texts.kept();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
