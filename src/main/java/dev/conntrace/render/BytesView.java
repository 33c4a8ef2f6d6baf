package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.util.List;

/**
 * Follows the bytes of both streams: what arrived and can be used, what waits beyond a hole, what
 * is on the way. In the columns of the ordinary timeline, but with other words.
 */
final class BytesView implements TimelineView {
  private static final String VIEWPOINT =
      "Seen from where the capture was taken: bytes that passed here count as arrived, though they"
          + " may be lost behind it. What a receiver confirms it really has.";

  private final TimelineRow row;
  private final ByteAccount client = new ByteAccount();
  private final ByteAccount server = new ByteAccount();
  private ByteAccount.Arrival arrival = ByteAccount.Arrival.NOTHING;
  private long nextBefore = ByteAccount.UNKNOWN;
  private long ackedBefore = ByteAccount.UNKNOWN;

  BytesView(TimelineRow row) {
    this.row = row;
  }

  @Override
  public void begin() throws IOException {
    row.aside(VIEWPOINT);
  }

  /** A plain segment matters where it opens or fills a hole, or brings nothing new. */
  @Override
  public boolean matters(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    ByteAccount account = of(segment.from());
    return switch (account.look(event)) {
      case NOTHING, IN_ORDER -> false;
      case WAITS -> !account.waiting().touches(segment.firstByteRel(), segment.endRel());
      case FILLS, AGAIN, NOT_TAKEN -> true;
    };
  }

  @Override
  public void take(SegmentSeen event) {
    Side from = event.segment().from();
    ByteAccount own = of(from);
    ByteAccount other = of(from.opposite());
    arrival = own.look(event);
    nextBefore = own.next();
    ackedBefore = other.acked();
    own.sent(event);
    other.acknowledged(event.segment());
  }

  @Override
  public Prose describe(SegmentSeen event, SegmentWords words) {
    SegmentFacts segment = event.segment();
    Side from = segment.from();
    Prose prose = ByteWords.arrival(event, arrival, nextBefore, of(from));
    Prose ack = ByteWords.acknowledgement(segment, ackedBefore, of(from.opposite()));
    if (!ack.isEmpty()) {
      prose.then("; ").add(ack);
    }
    if (segment.has(TcpFlags.SYN)) {
      prose.then("; ").add("a SYN takes position " + segment.seqRel() + " and is no byte of data");
    } else if (event.is(AnnotationKind.HANDSHAKE_COMPLETE)) {
      prose.then("; ").add("confirms the SYN, which is no byte of data");
    } else if (segment.has(TcpFlags.RST)) {
      prose.then("; ").add("if it is believed, what waits or is not yet read is thrown away");
    }
    if (prose.isEmpty()) {
      boolean full = segment.has(TcpFlags.ACK) && segment.windowBytes() == 0;
      prose.add(Meaning.DIM, full ? "the " + from.id() + " has no room" : "moves no bytes");
    }
    return prose.newLine().add(state(segment));
  }

  /** An acknowledgement changes only what is on the way, unless it names what was not captured. */
  private Prose state(SegmentFacts segment) {
    Side from = segment.from();
    if (arrival != ByteAccount.Arrival.NOTHING) {
      return ByteWords.state(from, of(from));
    }
    ByteAccount acknowledged = of(from.opposite());
    return acknowledged.acked() > ackedBefore
        ? ByteWords.state(from.opposite(), acknowledged)
        : ByteWords.inFlight(acknowledged);
  }

  @Override
  public void print(SegmentSeen event, Prose words, List<StateChanged> changes) throws IOException {
    row.print(event, words, List.of());
  }

  @Override
  public void print(FoldedRun run) throws IOException {
    Prose words = new Prose().add(Counted.frames(run.firstFrame(), run.lastFrame()) + ": ");
    Side from = run.from();
    if (!run.bytes().isEmpty()) {
      words.add("bytes " + run.bytes() + " pass");
    } else {
      words.add(run.label());
    }
    addState(words, from == null ? Side.CLIENT : from);
    if (from == null) {
      addState(words, Side.SERVER);
    }
    row.print(run, words);
  }

  /** The lessons of other views would stand in the way of this one's. */
  @Override
  public void aside(String text) {}

  private void addState(Prose words, Side from) {
    ByteAccount account = of(from);
    if (account.waiting().isEmpty() && account.next() > account.start()) {
      String end = Long.toString(account.dataEnd(account.next()) - 1);
      words.add("; the " + from.opposite().id() + " can use everything up to " + end);
    }
    Prose state = ByteWords.state(from, account);
    if (!state.isEmpty()) {
      words.newLine().add(state);
    }
  }

  private ByteAccount of(Side from) {
    return from == Side.CLIENT ? client : server;
  }
}
