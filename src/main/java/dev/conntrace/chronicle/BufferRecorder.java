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
  private @Nullable StreamRecorder fromClient;
  private @Nullable StreamRecorder fromServer;
  private ByteArrival arrival = ByteArrival.NOTHING;

  void note(FlowSegment segment, Findings findings) {
    StreamRecorder own = own(segment, findings);
    StreamRecorder acknowledged = of(segment.receiver(), segment.connection());
    begin(own, segment);
    begin(acknowledged, segment);
    arrival = arrivalOf(segment);
    if (isBelieved(segment)) {
      if (own != null && segment.endRel() > segment.dataRel()) {
        arrival = isTaken(findings) ? own.send(segment) : ByteArrival.NOT_TAKEN;
      }
      if (acknowledged != null && segment.isAck() && !segment.isAckStray()) {
        acknowledged.confirm(segment, findings.has(AnnotationKind.SACK_RENEGING));
      }
    }
  }

  private static void begin(@Nullable StreamRecorder stream, FlowSegment segment) {
    if (stream != null) {
      stream.begin(segment);
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
  private @Nullable StreamRecorder own(FlowSegment segment, Findings findings) {
    StreamRecorder known = of(segment.sender(), segment.connection());
    boolean brings = segment.endRel() > segment.dataRel();
    if (known != null || !brings || !isBelieved(segment) || !isTaken(findings)) {
      return known;
    }
    StreamRecorder made = new StreamRecorder(segment);
    if (segment.sender() == segment.connection().client()) {
      fromClient = made;
    } else {
      fromServer = made;
    }
    return made;
  }

  private @Nullable StreamRecorder of(Endpoint sender, Connection connection) {
    return sender == connection.client() ? fromClient : fromServer;
  }

  /**
   * Returns what the segment noted last moved, now that it is applied.
   *
   * @param findings the verdicts on it; what was set aside was not noted and moves nothing
   */
  BytesMoved moved(FlowSegment segment, Findings findings) {
    if (findings.setAside()) {
      arrival = arrivalOf(segment);
      begin(of(segment.sender(), segment.connection()), segment);
      begin(of(segment.receiver(), segment.connection()), segment);
    }
    return new BytesMoved(
        arrival,
        position(segment.sender(), segment.connection()),
        position(segment.receiver(), segment.connection()));
  }

  private StreamPosition position(Endpoint sender, Connection connection) {
    StreamRecorder stream = of(sender, connection);
    return stream == null
        ? StreamPosition.unmoved(
            sender.knownEnd(), StreamRecorder.windowBytes(connection.peerOf(sender)))
        : stream.position(connection.peerOf(sender));
  }

  BufferReport report(Connection connection, boolean timed) {
    StreamRecorder client = fromClient;
    StreamRecorder server = fromServer;
    if (client == null && server == null) {
      return BufferReport.NONE;
    }
    return new BufferReport(
        client == null ? StreamBuffers.NONE : client.report(timed),
        server == null ? StreamBuffers.NONE : server.report(timed));
  }
}
