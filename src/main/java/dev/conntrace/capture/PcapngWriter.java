package dev.conntrace.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes a pcapng file of one section, little-endian (draft-ietf-opsawg-pcapng; {@link
 * PcapngReader} shows its layout). An interface is described when its first packet comes.
 *
 * <p>What has no timestamp gets 0.
 */
public final class PcapngWriter implements PacketWriter {
  private static final int SECTION_HEADER_BYTES = 28;
  private static final int INTERFACE_BYTES = 32;
  private static final int PACKET_HEADER_BYTES = 28;
  private static final int LENGTH_BYTES = 4;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int INTERFACE_STATISTICS = 5;
  private static final int STATISTICS_BYTES = 52;
  private static final int RECEIVED = 4;
  private static final int DROPPED = 7;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final long UNKNOWN_SECTION_LENGTH = -1;
  private static final int TIME_RESOLUTION = 9;
  private static final byte[] PADDING = new byte[LENGTH_BYTES];

  private final OutputStream out;
  private final FieldBuffer fields = new FieldBuffer(INTERFACE_BYTES);
  private final boolean nanoseconds;

  /** What the interfaces written so far are in the capture that they come from. */
  private int[] indexes = new int[4];

  private int[] linkTypes = new int[4];
  private int interfaces;
  private int last;
  private long lastTicks;

  /**
   * Writes the section header.
   *
   * @param out is closed with the writer; should be buffered
   * @param nanoseconds whether times are stored in nanoseconds, not microseconds
   */
  public PcapngWriter(OutputStream out, boolean nanoseconds) throws IOException {
    this.out = out;
    this.nanoseconds = nanoseconds;
    fields.u32(PcapngReader.SECTION_HEADER).u32(SECTION_HEADER_BYTES).u32(BYTE_ORDER_MAGIC);
    fields.u16(1).u16(0).u64(UNKNOWN_SECTION_LENGTH).u32(SECTION_HEADER_BYTES);
    fields.writeTo(out);
  }

  @Override
  public void write(Packet packet) throws IOException {
    int id = idOf(packet.interfaceIndex(), packet.linkType());
    int captured = Math.min(packet.capturedLength(), MAX_CAPTURED_BYTES);
    int padding = -captured & (LENGTH_BYTES - 1);
    int blockBytes = PACKET_HEADER_BYTES + captured + padding + LENGTH_BYTES;
    long time = Math.max(0, packet.timestampNanos());
    long ticks = nanoseconds ? time : time / PcapVariant.MICROSECONDS.nanosPerTick();
    lastTicks = ticks;
    fields.u32(ENHANCED_PACKET).u32(blockBytes).u32(id).u32(ticks >>> 32).u32(ticks);
    fields.u32(captured).u32(packet.originalLength()).writeTo(out);
    out.write(packet.bytes(), packet.offset(), captured);
    out.write(PADDING, 0, padding);
    fields.u32(blockBytes).writeTo(out);
  }

  /**
   * Appends the counters of the first interface (interface statistics block, section 4.6).
   *
   * @param received packets that the kernel took, dropped ones included
   * @param dropped packets for which there was no room
   */
  public void statistics(long received, long dropped) throws IOException {
    if (interfaces == 0) {
      return;
    }
    fields.u32(INTERFACE_STATISTICS).u32(STATISTICS_BYTES).u32(0);
    fields.u32(lastTicks >>> 32).u32(lastTicks);
    fields.u16(RECEIVED).u16(Long.BYTES).u64(received);
    fields.writeTo(out);
    fields.u16(DROPPED).u16(Long.BYTES).u64(dropped);
    fields.u32(0).u32(STATISTICS_BYTES).writeTo(out);
  }

  private int idOf(int index, int linkType) throws IOException {
    if (isKnownAs(last, index, linkType)) {
      return last;
    }
    last = 0;
    while (last < interfaces && !isKnownAs(last, index, linkType)) {
      last++;
    }
    if (last == interfaces) {
      describe(index, linkType);
    }
    return last;
  }

  private boolean isKnownAs(int id, int index, int linkType) {
    return id < interfaces && indexes[id] == index && linkTypes[id] == linkType;
  }

  private void describe(int index, int linkType) throws IOException {
    if (interfaces == indexes.length) {
      indexes = Arrays.copyOf(indexes, 2 * interfaces);
      linkTypes = Arrays.copyOf(linkTypes, 2 * interfaces);
    }
    indexes[interfaces] = index;
    linkTypes[interfaces] = linkType;
    interfaces++;
    fields.u32(INTERFACE_DESCRIPTION).u32(INTERFACE_BYTES).u16(linkType).u16(0);
    fields.u32(MAX_CAPTURED_BYTES);
    fields.u16(TIME_RESOLUTION).u16(1).u32(nanoseconds ? 9 : 6);
    fields.u32(0).u32(INTERFACE_BYTES).writeTo(out);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
