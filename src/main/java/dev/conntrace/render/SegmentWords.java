package dev.conntrace.render;

import dev.conntrace.trace.ByteArrival;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StreamPosition;
import dev.conntrace.wire.TcpFlags;
import java.util.List;

/**
 * Says what a segment means. The verdicts on it speak first; where they do not tell what the
 * segment is, its plain contents are told before them.
 *
 * <p>Remembers what came before, so that an acknowledgement can name the frames that it covers:
 * hand it every segment of a connection in order.
 */
final class SegmentWords {
  private final SideMemory client = new SideMemory();
  private final SideMemory server = new SideMemory();
  private final AccurateEcnWords ecn = new AccurateEcnWords();
  private final RepairTurns repairs;

  SegmentWords(RepairTurns repairs) {
    this.repairs = repairs;
  }

  /** Returns the sentence for a segment that follows all those remembered. */
  Prose describe(SegmentSeen event) {
    Prose prose = new Prose();
    boolean contents = !VerdictWords.tellWhatItIs(event);
    // Data in a SYN is the exception: that it is a SYN comes first.
    boolean verdictsFirst = event.segment().has(TcpFlags.SYN) && !event.annotations().isEmpty();
    if (contents && !verdictsFirst) {
      addContents(prose, event);
    }
    VerdictWords.addTo(prose, event);
    if (contents && verdictsFirst) {
      addContents(prose.then("; "), event);
    }
    MultipathWords.addTo(prose, event.segment());
    ecn.addTo(prose, event.segment());
    addRepair(prose, event);
    repairs.addTo(prose, event.segment().frame(), memory(event.segment().from()));
    List<Long> fragments = event.segment().fragments();
    if (!fragments.isEmpty()) {
      prose.add("; came in IP fragments: ").add(Meaning.FRAME, Counted.frames(fragments));
    }
    VerdictWords.addIds(prose, event);
    SourceWords.addTo(prose, event.segment().source());
    return prose;
  }

  /** Takes note of a segment. */
  void remember(SegmentSeen event) {
    memory(event.segment().from()).remember(event.segment());
    ecn.remember(event.segment());
  }

  /** Returns the highest position that the side has acknowledged. */
  long acked(Side side) {
    return memory(side).acked();
  }

  /** Returns whether the side's last window left no room. */
  boolean wasFull(Side side) {
    return memory(side).windowBytes() == 0;
  }

  /** What was missing is there now: a hole that was told of is closed, or a part of it. */
  private void addRepair(Prose prose, SegmentSeen event) {
    if (event.bytes().arrival() != ByteArrival.FILLS) {
      return;
    }
    StreamPosition own = event.bytes().own();
    prose.add("; with it everything up to byte " + (own.dataEnd(own.usable()) - 1) + " is here");
    prose.add(own.held().isEmpty() ? "" : ", where the next hole begins");
  }

  private SideMemory memory(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  private void addContents(Prose prose, SegmentSeen event) {
    SegmentFacts segment = event.segment();
    if (segment.length() > 0) {
      addData(prose, event, !VerdictWords.nameAcknowledgement(event));
    } else if (segment.has(TcpFlags.RST)) {
      prose.add("tears the connection down");
    } else if (segment.has(TcpFlags.SYN)) {
      prose.add(segment.has(TcpFlags.ACK) ? "agrees to the connection" : "asks for a connection");
    } else if (segment.has(TcpFlags.FIN)) {
      prose.add("no more data from the " + segment.from().id());
    } else if (segment.has(TcpFlags.ACK)) {
      addAcknowledgement(prose, event);
    } else {
      prose.add("a segment that neither brings nor acknowledges anything");
    }
  }

  private void addData(Prose prose, SegmentSeen event, boolean withAck) {
    SegmentFacts segment = event.segment();
    prose.add("data, " + Counted.bytes(segment.firstByteRel(), segment.endRel()));
    PayloadPreview.addTo(prose, segment, ": ");
    if (segment.has(TcpFlags.URG)) {
      prose.add("; marked urgent");
    }
    long before = memory(segment.from()).acked();
    if (withAck
        && segment.has(TcpFlags.ACK)
        && before != SideMemory.UNKNOWN
        && segment.ackRel() > before) {
      prose.add("; ");
      addAcknowledgement(prose, event);
    }
  }

  private void addAcknowledgement(Prose prose, SegmentSeen event) {
    SegmentFacts segment = event.segment();
    Side side = segment.from();
    long before = memory(side).acked();
    long ack = segment.ackRel();
    if (ack == before && MultipathWords.tellOfTheWhole(segment)) {
      prose.add("no news of this path; tells of the stream that all paths carry together (DSS)");
      return;
    }
    if (before != SideMemory.UNKNOWN && ack <= before) {
      prose.add(
          ack == before
              ? "pure ACK without news: still wants byte " + ack + " next"
              : "old ACK: wants byte " + ack + ", though it had asked for byte " + before);
      return;
    }
    boolean fin = memory(side.opposite()).endsWithFin(ack);
    long lastByte = ack - (fin ? 2 : 1);
    if (ack <= 1) {
      prose.add(ack == 1 ? "acknowledges the SYN" : "acknowledges everything before byte " + ack);
    } else if (fin && (lastByte < 1 || before > lastByte)) {
      prose.add("acknowledges the FIN");
    } else {
      prose.add("acknowledges everything up to byte " + lastByte + (fin ? " and the FIN" : ""));
    }
    CoverageWords.addFrames(prose, event.acks());
  }
}
