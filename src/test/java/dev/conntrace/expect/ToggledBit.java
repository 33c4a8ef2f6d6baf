package dev.conntrace.expect;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureTexts;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Reassembly;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import java.io.IOException;

/**
 * A capture in which one control bit of one segment is turned over, and the checksum adapted to it
 * (RFC 1624), as if its sender had sent it so.
 */
final class ToggledBit implements PacketSource {
  private static final int FLAGS = 13;
  private static final int CHECKSUM = 16;

  private final PacketSource source;
  private final long frame;
  private final int flag;
  private boolean isDone;

  ToggledBit(PacketSource source, long frame, int flag) {
    this.source = source;
    this.frame = frame;
    this.flag = flag;
  }

  /** Returns whether the frame came and held a segment whose bits could be reached. */
  boolean isDone() {
    return isDone;
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    if (!source.next(packet)) {
      return false;
    }
    if (packet.frame() == frame) {
      toggle(packet);
    }
    return true;
  }

  private void toggle(Packet packet) {
    Segment segment = new Segment();
    DecodeOutcome outcome = new SegmentDecoder(new Reassembly()).decode(packet, segment);
    if (outcome != DecodeOutcome.TCP || segment.bytes() != packet.bytes()) {
      return;
    }
    byte[] bytes = packet.bytes();
    int tcp = segment.payloadOffset() - segment.tcpHeaderLength();
    int before = word(bytes, tcp + FLAGS - 1);
    bytes[tcp + FLAGS] ^= (byte) flag;
    int after = word(bytes, tcp + FLAGS - 1);
    int sum = (~word(bytes, tcp + CHECKSUM) & 0xffff) + (~before & 0xffff) + after;
    sum = (sum & 0xffff) + (sum >>> 16);
    sum = (sum & 0xffff) + (sum >>> 16);
    bytes[tcp + CHECKSUM] = (byte) (~sum >>> 8);
    bytes[tcp + CHECKSUM + 1] = (byte) ~sum;
    isDone = true;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  @Override
  public String format() {
    return source.format();
  }

  @Override
  public long bytesRead() {
    return source.bytesRead();
  }

  @Override
  public long droppedPackets() {
    return source.droppedPackets();
  }

  @Override
  public CaptureTexts texts() {
    return source.texts();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
