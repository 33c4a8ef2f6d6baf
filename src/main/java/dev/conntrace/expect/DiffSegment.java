package dev.conntrace.expect;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison keeps of one segment: nothing that changes from run to run but the times.
 *
 * @param frame its number in the capture
 * @param timeNanos when, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param from who sent it
 * @param flags the control bits
 * @param start the position of the first payload byte
 * @param length payload bytes
 * @param ackRel the position that it acknowledges
 * @param windowBytes the window that it announces
 * @param kinds what was found of it
 */
record DiffSegment(
    long frame,
    long timeNanos,
    Side from,
    int flags,
    long start,
    int length,
    long ackRel,
    long windowBytes,
    List<AnnotationKind> kinds) {

  private static final int CONTROL = TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST;

  static DiffSegment of(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    List<AnnotationKind> kinds = new ArrayList<>(event.annotations().size());
    for (Annotation annotation : event.annotations()) {
      if (!kinds.contains(annotation.kind())) {
        kinds.add(annotation.kind());
      }
    }
    return new DiffSegment(
        segment.frame(),
        segment.timestampNanos(),
        segment.from(),
        segment.flags(),
        segment.firstByteRel(),
        segment.length(),
        segment.ackRel(),
        segment.windowBytes(),
        List.copyOf(kinds));
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  boolean is(AnnotationKind kind) {
    return kinds.contains(kind);
  }

  /** Returns the position behind the last payload byte. */
  long end() {
    return start + length;
  }

  /** Returns whether it does nothing but acknowledge. */
  boolean isPureAck() {
    return length == 0
        && (flags & CONTROL) == 0
        && has(TcpFlags.ACK)
        && !is(AnnotationKind.KEEP_ALIVE)
        && !is(AnnotationKind.DUPLICATE_PACKET);
  }

  /** Returns whether it brings bytes of its stream for the first time. */
  boolean bringsNewBytes() {
    return length > 0
        && !has(TcpFlags.RST)
        && !isRepeated()
        && !is(AnnotationKind.KEEP_ALIVE)
        && !is(AnnotationKind.ZERO_WINDOW_PROBE)
        && !is(AnnotationKind.BAD_CHECKSUM);
  }

  /** Returns whether it, or a copy of it, was there before. */
  boolean isRepeated() {
    return is(AnnotationKind.RETRANSMISSION) || is(AnnotationKind.DUPLICATE_PACKET);
  }

  /** Returns whether it has a place in what both captures should show: no pure acknowledgement. */
  boolean isStep() {
    return !isRepeated() && ((flags & CONTROL) != 0 || bringsNewBytes());
  }

  /** Returns what it is in words: {@code bytes 1-10}, {@code the SYN}, {@code the FIN}. */
  String words() {
    if (length > 0) {
      return DiffWords.bytes(start, end());
    }
    if (has(TcpFlags.SYN)) {
      return has(TcpFlags.ACK) ? "the SYN-ACK" : "the SYN";
    }
    if (has(TcpFlags.RST)) {
      return "the RST";
    }
    return has(TcpFlags.FIN) ? "the FIN" : "an ACK";
  }
}
