package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;

/** Says what becomes of the bytes of a segment, and where its stream stands after it. */
final class ByteWords {
  private static final int MOST_RANGES = 3;

  private ByteWords() {}

  /**
   * Returns what becomes of the bytes that a segment brings.
   *
   * @param before the first byte that was missing before it
   * @param account that of its sender, with this segment
   */
  static Prose arrival(
      SegmentSeen event, ByteAccount.Arrival arrival, long before, ByteAccount account) {
    SegmentFacts segment = event.segment();
    String receiver = "the " + segment.from().opposite().id();
    Prose prose = new Prose();
    return switch (arrival) {
      case NOTHING -> prose;
      case IN_ORDER ->
          prose.add(
              Meaning.GOOD,
              (account.waiting().isEmpty() ? "in order: " : "fills part of the hole: ")
                  + readable(before, receiver, account));
      case FILLS ->
          prose.add(Meaning.GOOD, "fills the hole: " + readable(before, receiver, account));
      case WAITS ->
          prose.add(Meaning.WARNING, "out of order: must wait in the buffer of " + receiver);
      case AGAIN ->
          prose.add(
              Meaning.NOTICE,
              segment.endRel() <= account.acked()
                  ? "nothing new: " + receiver + " has these bytes and discards them"
                  : "passed here before, but " + receiver + " has not acknowledged it");
      case NOT_TAKEN -> prose.add(Meaning.NOTICE, notTaken(event, receiver));
    };
  }

  /** Returns what a segment acknowledges, in the words of its sender. */
  static Prose acknowledgement(SegmentFacts segment, long ackedBefore, ByteAccount account) {
    Prose prose = new Prose();
    if (!segment.has(TcpFlags.ACK) || segment.has(TcpFlags.RST)) {
      return prose;
    }
    String sender = "the " + segment.from().id();
    long ack = segment.ackRel();
    if (ack > ackedBefore && ackedBefore != ByteAccount.UNKNOWN) {
      long end = account.dataEnd(ack);
      prose.add(sender + " confirms ");
      prose.add(end > ackedBefore ? Counted.bytes(ackedBefore, end) : "");
      prose.add(end > ackedBefore && ack > end ? " and " : "");
      prose.add(ack > end ? "the FIN" : "");
    }
    String separator = sender + " reports that it also has ";
    for (SackBlock block : segment.options().sackBlocks()) {
      if (block.left() > ack) {
        prose.then(separator.equals(", ") ? "" : "; ").add(separator);
        prose.add(Counted.range(block.left(), block.right()));
        separator = ", ";
      }
    }
    return prose;
  }

  /**
   * Returns where the stream of {@code from} stands: what its receiver can use, what is missing,
   * what waits, what is on the way. Empty where nothing waits and nothing is on the way.
   */
  static Prose state(Side from, ByteAccount account) {
    Prose prose = new Prose();
    if (account.next() == ByteAccount.UNKNOWN) {
      return prose;
    }
    ByteRanges waiting = account.waiting();
    if (!waiting.isEmpty()) {
      long end = account.dataEnd(account.next());
      prose.add(Arrow.colour(from.opposite()), from.opposite().id() + ": ");
      long start = account.start();
      prose.add(
          Meaning.GOOD, end > start ? Counted.range(start, end) + " usable" : "nothing usable");
      prose.add(" | ").add(Meaning.WARNING, missing(account) + " missing");
      prose.add(" | ").add(Meaning.NOTICE, list(waiting, false, 0) + " waiting");
      prose.add(waiting.isOverflown() ? " and more than are followed here" : "");
    }
    Prose flight = inFlight(account);
    return flight.isEmpty() ? prose : prose.then(" | ").add(flight);
  }

  /** Returns how much is sent and not acknowledged, and how much is allowed; empty for none. */
  static Prose inFlight(ByteAccount account) {
    Prose prose = new Prose();
    if (account.inFlight() > 0) {
      prose.add("in flight " + account.inFlight());
      prose.add(account.windowBytes() == ByteAccount.UNKNOWN ? "" : " of " + account.windowBytes());
    }
    return prose;
  }

  private static String readable(long before, String receiver, ByteAccount account) {
    long end = account.dataEnd(account.next());
    long start = before == ByteAccount.UNKNOWN ? account.next() : before;
    String fin = account.next() > end ? "the end of the stream" : "";
    if (end <= start) {
      return receiver + " can tell its application " + fin;
    }
    return receiver
        + " can hand "
        + Counted.bytes(start, end)
        + (fin.isEmpty() ? "" : " and " + fin)
        + " to its application";
  }

  private static String notTaken(SegmentSeen event, String receiver) {
    if (event.is(AnnotationKind.DUPLICATE_PACKET)) {
      return "the same packet again: its bytes count once";
    }
    if (event.is(AnnotationKind.DATA_AFTER_CLOSE)) {
      return "nobody will read this";
    }
    if (event.is(AnnotationKind.KEEP_ALIVE)) {
      return "an old position, only to be answered";
    }
    return event.is(AnnotationKind.ZERO_WINDOW_PROBE)
        ? "a probe: " + receiver + " has no room for it"
        : "from before the first byte that the capture has";
  }

  private static String missing(ByteAccount account) {
    return list(account.waiting(), true, account.next());
  }

  /** Returns the ranges, or the holes before them, the first few of them. */
  private static String list(ByteRanges ranges, boolean holes, long start) {
    StringBuilder text = new StringBuilder();
    int shown = Math.min(ranges.count(), MOST_RANGES);
    long holeStart = start;
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ");
      text.append(
          holes
              ? Counted.range(holeStart, ranges.left(i))
              : Counted.range(ranges.left(i), ranges.right(i)));
      holeStart = ranges.right(i);
    }
    if (ranges.count() > shown) {
      text.append(" and ").append(ranges.count() - shown).append(" more");
    }
    return text.toString();
  }
}
