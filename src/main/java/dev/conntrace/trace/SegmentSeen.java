package dev.conntrace.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One segment, what it means, and what both endpoints are after it.
 *
 * @param connection the connection's number
 * @param key who talks to whom
 * @param segment the segment
 * @param annotations verdicts, the most telling first
 * @param clientState the client's state after it
 * @param serverState the server's state after it
 * @param acks what it acknowledges for the first time; null if nothing
 * @param bytes what it moved in the streams of both; {@link BytesMoved#NONE} unless the sink wants
 *     {@link Importance#BYTES}
 */
public record SegmentSeen(
    int connection,
    ConnectionKey key,
    SegmentFacts segment,
    List<Annotation> annotations,
    TcpState clientState,
    TcpState serverState,
    @Nullable AckCoverage acks,
    BytesMoved bytes)
    implements TraceEvent {

  /** Returns whether one of the annotations is of this kind. */
  public boolean is(AnnotationKind kind) {
    for (Annotation annotation : annotations) {
      if (annotation.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
