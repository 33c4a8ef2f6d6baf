package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.BufferReport;
import dev.conntrace.trace.ByteArrival;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamPosition;
import org.jspecify.annotations.Nullable;

/** What waited in send buffers and receive queues, as far as the wire bounds it. */
final class BufferRecorder {
  private final StreamMove ownMove = new StreamMove();
  private final StreamMove otherMove = new StreamMove();
  private ByteArrival arrival = ByteArrival.NOTHING;

  void note(SideChronicle sender, SideChronicle receiver, FlowSegment segment, Findings findings) {
    StreamRecorder own = own(sender, segment, findings);
    StreamRecorder acknowledged = receiver.stream;
    begin(sender, receiver, segment);
    arrival = arrivalOf(segment);
    if (isBelieved(segment)) {
      if (own != null && segment.endRel() > segment.dataRel()) {
        arrival = isTaken(findings) ? own.send(segment, ownMove) : ByteArrival.NOT_TAKEN;
      }
      if (acknowledged != null && segment.isAck() && !segment.isAckStray()) {
        boolean reneges = findings.has(AnnotationKind.SACK_RENEGING);
        acknowledged.confirm(segment, reneges, moveOf(receiver, sender));
      }
    }
  }

  /** Returns what the segment changes in the other side's stream, which may be the same. */
  private StreamMove moveOf(SideChronicle receiver, SideChronicle sender) {
    return receiver == sender ? ownMove : otherMove;
  }

  private void begin(SideChronicle sender, SideChronicle receiver, FlowSegment segment) {
    if (sender.stream != null) {
      sender.stream.begin(segment.sender(), segment, ownMove);
    }
    if (receiver.stream != null) {
      receiver.stream.begin(segment.receiver(), segment, moveOf(receiver, sender));
    }
  }

  /** Returns what becomes of bytes that nobody takes. */
  private static ByteArrival arrivalOf(FlowSegment segment) {
    boolean brings = segment.endRel() > segment.dataRel() && !segment.isRst();
    return brings ? ByteArrival.NOT_TAKEN : ByteArrival.NOTHING;
  }

  /** Resets, strays and a SYN in the midst of a connection move nothing (RFC 9293 3.10.7.4). */
  private static boolean isBelieved(FlowSegment segment) {
    boolean strangeSyn = segment.isSyn() && segment.sender().state().isSynchronized();
    return !segment.isRst() && !segment.isStray() && !strangeSyn;
  }

  /** Probes are not meant to be taken, and nobody is there to take what comes too late. */
  private static boolean isTaken(Findings findings) {
    return !findings.has(AnnotationKind.KEEP_ALIVE)
        && !findings.has(AnnotationKind.ZERO_WINDOW_PROBE)
        && !findings.has(AnnotationKind.DATA_AFTER_CLOSE);
  }

  /** Returns the recorder of the sender's stream; makes it when there is something to record. */
  private static @Nullable StreamRecorder own(
      SideChronicle sender, FlowSegment segment, Findings findings) {
    StreamRecorder known = sender.stream;
    boolean brings = segment.endRel() > segment.dataRel();
    if (known != null || !brings || !isBelieved(segment) || !isTaken(findings)) {
      return known;
    }
    StreamRecorder made = new StreamRecorder(segment);
    sender.stream = made;
    return made;
  }

  /**
   * Returns what the segment noted last moved, now that it is applied.
   *
   * @param findings the verdicts on it; what was set aside was not noted and moves nothing
   */
  BytesMoved moved(
      SideChronicle sender, SideChronicle receiver, FlowSegment segment, Findings findings) {
    if (findings.setAside()) {
      arrival = arrivalOf(segment);
      begin(sender, receiver, segment);
    }
    return new BytesMoved(
        arrival,
        position(sender.stream, segment.sender(), segment, ownMove),
        position(receiver.stream, segment.receiver(), segment, moveOf(receiver, sender)));
  }

  private static StreamPosition position(
      @Nullable StreamRecorder stream, Endpoint sender, FlowSegment segment, StreamMove move) {
    Endpoint receiver = segment.connection().peerOf(sender);
    return stream == null
        ? StreamPosition.unmoved(sender.knownEnd(), StreamRecorder.windowBytes(receiver))
        : stream.position(sender, receiver, move);
  }

  static BufferReport report(ConnectionChronicle chronicle, Connection connection, boolean timed) {
    StreamRecorder client = chronicle.client.stream;
    StreamRecorder server = chronicle.server.stream;
    if (client == null && server == null) {
      return BufferReport.NONE;
    }
    return new BufferReport(
        client == null ? StreamBuffers.NONE : client.report(connection.client(), timed),
        server == null ? StreamBuffers.NONE : server.report(connection.server(), timed));
  }
}
