package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.wire.TcpFlags;

/**
 * Keeps account of the bytes that one side sends, as they pass the capture point: up to where they
 * came without a hole, what waits beyond one, what is acknowledged and what is allowed.
 */
final class ByteAccount {
  /** Stands for a position that is not known yet. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /** What becomes of a segment's bytes. */
  enum Arrival {
    /** It brings none. */
    NOTHING,
    /** They follow what is there. */
    IN_ORDER,
    /** They fill a hole, and what waited beyond can be used with them. */
    FILLS,
    /** Others before them are missing. */
    WAITS,
    /** All of them passed before. */
    AGAIN,
    /**
     * They do not count: a probe, a copy made by the capture, nobody is there to read, or from
     * before the capture's first byte.
     */
    NOT_TAKEN
  }

  private final ByteRanges waiting = new ByteRanges();
  private long start = UNKNOWN;
  private long next = UNKNOWN;
  private long sentEnd = UNKNOWN;
  private long finAt = UNKNOWN;
  private long acked = UNKNOWN;
  private long windowBytes = UNKNOWN;

  /** Returns what will become of a segment that this side sends; changes nothing. */
  Arrival look(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    long first = segment.firstByteRel();
    long end = end(segment);
    if (end == first || segment.has(TcpFlags.RST)) {
      return Arrival.NOTHING;
    }
    if (isNotTaken(event)) {
      return Arrival.NOT_TAKEN;
    }
    if (next == UNKNOWN) {
      return Arrival.IN_ORDER;
    }
    if (end <= start) {
      return Arrival.NOT_TAKEN;
    }
    if (first > next) {
      return waiting.overlap(first, end) == end - first ? Arrival.AGAIN : Arrival.WAITS;
    }
    if (end <= next) {
      return Arrival.AGAIN;
    }
    return !waiting.isEmpty() && waiting.left(0) <= end ? Arrival.FILLS : Arrival.IN_ORDER;
  }

  /**
   * Returns the first position that would still be missing after a segment of this side that
   * reaches back to what is there.
   */
  long nextAfter(SegmentFacts segment) {
    long after = Math.max(next, end(segment));
    for (int i = 0; i < waiting.count() && waiting.left(i) <= after; i++) {
      after = Math.max(after, waiting.right(i));
    }
    return after;
  }

  /** Takes note of a segment that this side sent. */
  void sent(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    Arrival arrival = look(event);
    if (next == UNKNOWN && !segment.has(TcpFlags.RST)) {
      next = segment.firstByteRel();
      start = next;
      acked = acked == UNKNOWN ? next : acked;
      sentEnd = next;
    }
    if (arrival == Arrival.NOTHING || arrival == Arrival.NOT_TAKEN) {
      return;
    }
    long end = end(segment);
    sentEnd = Math.max(sentEnd, end);
    if (segment.has(TcpFlags.FIN)) {
      finAt = end - 1;
    }
    if (segment.firstByteRel() <= next) {
      next = waiting.takeFrom(Math.max(next, end));
    } else {
      waiting.add(segment.firstByteRel(), end);
    }
  }

  /** Takes note of what the other side acknowledges and allows. */
  void acknowledged(SegmentFacts segment) {
    if (!segment.has(TcpFlags.ACK) || segment.has(TcpFlags.RST)) {
      return;
    }
    windowBytes = segment.windowBytes();
    acked = Math.max(acked, segment.ackRel());
    sentEnd = Math.max(sentEnd, acked);
    // What is acknowledged has arrived, whether it was captured or not.
    if (next != UNKNOWN && acked > next) {
      next = waiting.takeFrom(acked);
    }
  }

  /** Returns the position of the first byte that can be known of. */
  long start() {
    return start;
  }

  /** Returns the position of the first byte that did not pass yet; {@link #UNKNOWN} at first. */
  long next() {
    return next;
  }

  /** Returns what passed beyond a hole. */
  ByteRanges waiting() {
    return waiting;
  }

  /** Returns the highest position that the other side acknowledged. */
  long acked() {
    return acked;
  }

  /** Returns the position behind the last byte, or FIN, that was sent. */
  long sentEnd() {
    return sentEnd;
  }

  /** Returns how many bytes are sent and not acknowledged. */
  long inFlight() {
    return sentEnd == UNKNOWN || acked == UNKNOWN ? 0 : Math.max(0, sentEnd - acked);
  }

  /** Returns the room that the other side announced last; {@link #UNKNOWN} before it did. */
  long windowBytes() {
    return windowBytes;
  }

  /** Returns the position behind the last data byte before {@code position}: a FIN is no byte. */
  long dataEnd(long position) {
    return finAt != UNKNOWN && position > finAt ? finAt : position;
  }

  private static long end(SegmentFacts segment) {
    return segment.endRel() + (segment.has(TcpFlags.FIN) ? 1 : 0);
  }

  private static boolean isNotTaken(SegmentSeen event) {
    return event.is(AnnotationKind.KEEP_ALIVE)
        || event.is(AnnotationKind.ZERO_WINDOW_PROBE)
        || event.is(AnnotationKind.DUPLICATE_PACKET)
        || event.is(AnnotationKind.DATA_AFTER_CLOSE);
  }
}
