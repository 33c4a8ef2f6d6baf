package dev.conntrace.capture;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a pcap file, little-endian (draft-ietf-opsawg-pcap; {@link PcapReader} shows its layout).
 *
 * <p>The format holds one link type, and times from 1970 to 2106: what has no timestamp gets 0, and
 * other times the nearest that there is.
 */
public final class PcapWriter implements PacketWriter {
  private static final int FILE_HEADER_BYTES = 24;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long MAX_SECONDS = 0xFFFFFFFFL;

  private final OutputStream out;
  private final FieldBuffer fields = new FieldBuffer(FILE_HEADER_BYTES);
  private final long nanosPerTick;
  private final int linkType;

  /**
   * Writes the file header.
   *
   * @param out is closed with the writer; should be buffered
   * @param nanoseconds whether times are stored in nanoseconds, not microseconds
   * @param linkType the link type of all packets, 0 to 65535
   */
  public PcapWriter(OutputStream out, boolean nanoseconds, int linkType) throws IOException {
    this.out = out;
    this.linkType = linkType;
    PcapVariant variant = nanoseconds ? PcapVariant.NANOSECONDS : PcapVariant.MICROSECONDS;
    nanosPerTick = variant.nanosPerTick();
    fields.u32(variant.magic()).u16(2).u16(4).u64(0).u32(MAX_CAPTURED_BYTES).u32(linkType);
    fields.writeTo(out);
  }

  /**
   * Appends a packet.
   *
   * @throws LinkTypeException if it has another link type than the file
   */
  @Override
  public void write(Packet packet) throws IOException {
    if (packet.linkType() != linkType) {
      throw new LinkTypeException(linkType, packet.linkType());
    }
    long time = packet.timestampNanos();
    long seconds = Math.floorDiv(time, NANOS_PER_SECOND);
    long ticks = Math.floorMod(time, NANOS_PER_SECOND) / nanosPerTick;
    if (time == Packet.NO_TIMESTAMP || seconds < 0) {
      seconds = 0;
      ticks = 0;
    }
    int captured = Math.min(packet.capturedLength(), MAX_CAPTURED_BYTES);
    fields.u32(Math.min(seconds, MAX_SECONDS)).u32(ticks).u32(captured);
    fields.u32(packet.originalLength()).writeTo(out);
    out.write(packet.bytes(), packet.offset(), captured);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
