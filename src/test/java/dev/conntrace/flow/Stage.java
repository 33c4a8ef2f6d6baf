package dev.conntrace.flow;

import dev.conntrace.capture.Packet;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.decode.TcpOptionBytes;
import dev.conntrace.trace.RoleEvidence;

/** One connection whose client's segments are placed one by one, for tests of its parts. */
final class Stage {
  private static final long ISN = (1L << 32) - 5;

  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();
  private final FlowSegment flow = new FlowSegment();
  private final Connection connection;
  private long frame;
  private long timeNanos;

  Stage() {
    decode(PacketBytes.ipv4Tcp().seq(ISN + 1));
    connection = new Connection(1, segment, true, RoleEvidence.FIRST_PACKET, new SpareRings());
    connection.client().setBase((int) ISN);
    connection.server().setBase(0);
  }

  Stage atFrame(long frame) {
    this.frame = frame - 1;
    return this;
  }

  Stage after(long millis) {
    timeNanos += millis * 1_000_000;
    return this;
  }

  /** Places a segment of the client, with TTL 64, the next frame and an identification of 7. */
  FlowSegment data(long seq, int length) {
    return place(
        PacketBytes.ipv4Tcp().seq(ISN + seq).ack(1).flags("PA").payload(length).window(300),
        connection.client());
  }

  /** Places an acknowledgement of the server. */
  FlowSegment ack(long ack) {
    return place(
        PacketBytes.ipv4Tcp().src("10.0.0.2", 80).dst("10.0.0.1", 40000).seq(1).ack(ISN + ack),
        connection.server());
  }

  private FlowSegment place(PacketBytes bytes, Endpoint sender) {
    frame++;
    decode(bytes.ipId(7).options(TcpOptionBytes.timestamps(4_000_000_000L, 1)));
    flow.place(segment, connection, sender, timeNanos, timeNanos);
    return flow;
  }

  private void decode(PacketBytes bytes) {
    Packet packet = bytes.packet(frame, timeNanos);
    decoder.decode(packet, segment);
  }

  Connection connection() {
    return connection;
  }

  long nowNanos() {
    return timeNanos;
  }
}
