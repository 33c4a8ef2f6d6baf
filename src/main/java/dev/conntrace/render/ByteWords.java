package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ByteArrival;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StreamPosition;
import dev.conntrace.trace.StreamPosition.Held;
import dev.conntrace.wire.TcpFlags;
import java.util.List;

/** Says what becomes of the bytes of a segment, and where its stream stands after it. */
final class ByteWords {
  private ByteWords() {}

  /** Returns what a segment brings and what it confirms; empty where it moves no bytes. */
  static Prose moved(SegmentSeen event, BytesMoved moved) {
    Prose prose = arrival(event, moved);
    if (moved.own().pushedBytes() > 0) {
      prose.add("; PSH after " + Counted.of(moved.own().pushedBytes(), "byte"));
    }
    Prose ack = acknowledgement(event.segment(), moved.acknowledged());
    return ack.isEmpty() ? prose : prose.then("; ").add(ack);
  }

  private static Prose arrival(SegmentSeen event, BytesMoved moved) {
    StreamPosition own = moved.own();
    String receiver = "the " + event.segment().from().opposite().id();
    Prose prose = new Prose();
    return switch (moved.arrival()) {
      case NOTHING -> prose;
      case ON_THE_WAY -> prose.add("on the way to " + receiver);
      case IN_ORDER ->
          prose.add(
              Meaning.GOOD,
              (own.held().isEmpty() ? "in order: " : "fills part of the hole: ")
                  + usable(receiver, own));
      case FILLS -> prose.add(Meaning.GOOD, "fills the hole: " + usable(receiver, own));
      case WAITS ->
          prose.add(
              Meaning.WARNING,
              "out of order: must wait in the buffer of " + receiver + " for " + firstHole(own));
      case AGAIN -> prose.add(Meaning.NOTICE, again(event.segment(), receiver, own));
      case NOT_TAKEN -> prose.add(Meaning.NOTICE, notTaken(event, receiver));
    };
  }

  private static String usable(String receiver, StreamPosition stream) {
    long end = stream.dataEnd(stream.usable());
    String fin = stream.usable() > end ? "the end of the stream" : "";
    if (end <= stream.usableBefore()) {
      return receiver + " can tell its application " + fin;
    }
    return receiver
        + " can hand "
        + Counted.bytes(stream.usableBefore(), end)
        + late(stream)
        + (fin.isEmpty() ? "" : " and " + fin)
        + " to its application";
  }

  /** Head-of-line blocking, as far as there was any. */
  private static String late(StreamPosition stream) {
    if (stream.lateBytes() == 0) {
      return "";
    }
    String waited =
        stream.waitedNanos() > 0 ? " up to " + Durations.text(stream.waitedNanos()) : "";
    return " (" + stream.lateBytes() + " of them had waited" + waited + ")";
  }

  private static String firstHole(StreamPosition stream) {
    return stream.held().isEmpty()
        ? "what is missing"
        : Counted.bytes(stream.usable(), stream.held().firstLeft());
  }

  private static String again(SegmentFacts segment, String receiver, StreamPosition own) {
    if (segment.endRel() <= own.acked()) {
      return "nothing new: " + receiver + " has these bytes and discards them";
    }
    boolean inHole = !own.held().isEmpty() && segment.firstByteRel() < own.held().firstLeft();
    if (own.confirmedOnly() && inHole) {
      return "passed here before, but " + receiver + " lacks it: on the way again";
    }
    return "passed here before, but " + receiver + " has not acknowledged it";
  }

  private static String notTaken(SegmentSeen event, String receiver) {
    if (event.is(AnnotationKind.DUPLICATE_PACKET)) {
      return "the same packet again: its bytes count once";
    }
    if (event.is(AnnotationKind.BAD_CHECKSUM)) {
      return "damaged on the way: " + receiver + " throws it away";
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

  /** Returns what a segment acknowledges, in the words of its sender. */
  private static Prose acknowledgement(SegmentFacts segment, StreamPosition stream) {
    Prose prose = new Prose();
    if (!segment.has(TcpFlags.ACK) || segment.has(TcpFlags.RST)) {
      return prose;
    }
    String sender = "the " + segment.from().id();
    if (stream.acked() > stream.ackedBefore()) {
      long end = stream.dataEnd(stream.acked());
      boolean data = end > stream.ackedBefore();
      prose.add(sender + " confirms ");
      prose.add(data ? Counted.bytes(stream.ackedBefore(), end) : "");
      // Beside the receiver, the segment that filled the hole has told it.
      prose.add(stream.confirmedOnly() && data ? late(stream) : "");
      prose.add(data && stream.acked() > end ? " and " : "");
      prose.add(stream.acked() > end ? "the FIN" : "");
    }
    addReported(prose, segment, stream, sender);
    return prose;
  }

  private static void addReported(
      Prose prose, SegmentFacts segment, StreamPosition stream, String sender) {
    String separator = sender + " reports that it also has ";
    for (SackBlock block : segment.options().sackBlocks()) {
      if (block.left() > segment.ackRel()) {
        prose.then(separator.equals(", ") ? "" : "; ").add(separator);
        prose.add(Counted.range(block.left(), block.right()));
        separator = ", ";
      }
    }
    if (stream.fallsBack()) {
      prose.add("; what passed here of " + firstHole(stream) + " never reached it");
    }
  }

  /**
   * Returns where the streams stand that a segment moved: that of its sender if it brings
   * something, else the one that it acknowledges. Empty where nothing waits at either end.
   */
  static Prose state(SegmentSeen event, BytesMoved moved) {
    Side from = event.segment().from();
    boolean self = event.key().client().equals(event.key().server());
    return moved.arrival() == ByteArrival.NOTHING && !self
        ? state(from.opposite(), moved.acknowledged())
        : state(from, moved.own());
  }

  /**
   * Returns where the stream of {@code from} stands: what its sender keeps, and what waits at its
   * receiver. Empty where nothing waits.
   */
  static Prose state(Side from, StreamPosition stream) {
    Prose prose = new Prose();
    if (stream.unacknowledged() > 0) {
      prose.add(Arrow.colour(from), from.id()).add(" keeps " + unacknowledged(stream));
    }
    Prose queue = queue(stream);
    if (!queue.isEmpty()) {
      Side receiver = from.opposite();
      prose.then(" | ").add(Arrow.colour(receiver), receiver.id()).add(": ").add(queue);
    }
    return prose;
  }

  /** A FIN must be kept like a byte, and may be all that is kept. */
  private static String unacknowledged(StreamPosition stream) {
    long end = stream.dataEnd(stream.sentEnd());
    String allowed =
        stream.windowBytes() == StreamPosition.NO_WINDOW
            ? ""
            : " of " + stream.windowBytes() + " allowed";
    if (end <= stream.acked()) {
      return "its FIN until it is confirmed";
    }
    String bytes = Counted.range(stream.acked(), end) + " (" + (end - stream.acked());
    return bytes + allowed + ")" + (stream.sentEnd() > end ? " and its FIN" : "");
  }

  private static Prose queue(StreamPosition stream) {
    Prose prose = new Prose();
    if (stream.unreadBytes() > 0) {
      prose.add(Meaning.NOTICE, stream.unreadBytes() + " unread");
    }
    Held held = stream.held();
    if (held.isEmpty()) {
      return prose;
    }
    long end = stream.dataEnd(stream.usable());
    String usable =
        end > stream.start() ? Counted.range(stream.start(), end) + " usable" : "nothing usable";
    prose.then(" | ").add(Meaning.GOOD, usable);
    prose.add(" | ").add(Meaning.WARNING, ranges(stream, true) + " missing");
    prose.add(" | ").add(Meaning.NOTICE, ranges(stream, false) + " waiting");
    prose.add(held.count() > 1 ? " (" + held.bytes() + ")" : "");
    return prose.add(held.exact() ? "" : " and more than are followed here");
  }

  /** Returns what waits, or the holes before it, the first few. */
  private static String ranges(StreamPosition stream, boolean holes) {
    StringBuilder text = new StringBuilder();
    long holeStart = stream.usable();
    List<SackBlock> ranges = stream.held().ranges();
    for (SackBlock range : ranges) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(
          holes
              ? Counted.range(holeStart, range.left())
              : Counted.range(range.left(), range.right()));
      holeStart = range.right();
    }
    int more = stream.held().count() - ranges.size();
    return more == 0
        ? text.toString()
        : text.append(" and ").append(more).append(" more").toString();
  }
}
