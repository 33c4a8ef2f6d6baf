package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamPosition;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.util.List;

/**
 * Follows the bytes of both streams: what arrived and can be used, what waits beyond a hole, what
 * is kept until it is confirmed. In the columns of the ordinary timeline, but with other words.
 */
final class BytesView implements TimelineView {
  private static final String HERE =
      "Seen from where the capture was taken: bytes that passed here count as arrived, though they"
          + " may be lost behind it. What a receiver confirms it really has.";

  private final TimelineRow row;
  private final ConnectionReport report;
  private StreamPosition fromClient = StreamPosition.UNKNOWN;
  private StreamPosition fromServer = StreamPosition.UNKNOWN;
  private boolean madeRoom;

  BytesView(TimelineRow row, ConnectionReport report) {
    this.row = row;
    this.report = report;
  }

  @Override
  public void begin() throws IOException {
    boolean farServer = isFarFrom(Side.CLIENT);
    boolean farClient = isFarFrom(Side.SERVER);
    if (farServer && farClient) {
      row.aside(far("client and server are", "their ACKs and SACKs tell"));
    } else if (farServer || farClient) {
      String far = farServer ? "server" : "client";
      row.aside(far("the " + far + " is", "its ACKs and SACKs tell"));
    } else {
      row.aside(HERE);
    }
  }

  /** Returns whether only ACKs tell what arrived of the data that a side sent. */
  private boolean isFarFrom(Side sender) {
    StreamBuffers data = report.history().buffers().from(sender);
    return !data.isEmpty() && data.confirmedOnly();
  }

  private static String far(String who, String what) {
    return "Seen from where the capture was taken: "
        + who
        + " far from there. What passed here on the way there may still be lost; only "
        + what
        + " what arrived, and when.";
  }

  /** A plain segment matters where it opens or fills a hole, or brings nothing new. */
  @Override
  public boolean matters(SegmentSeen event) {
    BytesMoved moved = event.bytes();
    return switch (moved.arrival()) {
      case NOTHING, IN_ORDER, ON_THE_WAY -> moved.acknowledged().lateBytes() > 0;
      case WAITS -> moved.own().held().count() > of(event.segment().from()).held().count();
      case FILLS, AGAIN, NOT_TAKEN -> true;
    };
  }

  @Override
  public void take(SegmentSeen event) {
    Side from = event.segment().from();
    madeRoom =
        of(from.opposite()).unreadBytes() > 0 && event.bytes().acknowledged().unreadBytes() == 0;
    fromClient = event.bytes().of(Side.CLIENT, from);
    fromServer = event.bytes().of(Side.SERVER, from);
  }

  @Override
  public Prose describe(SegmentSeen event, SegmentWords words) {
    SegmentFacts segment = event.segment();
    Prose prose = ByteWords.moved(event, event.bytes());
    if (segment.has(TcpFlags.SYN)) {
      prose.then("; ").add("a SYN takes position " + segment.seqRel() + " and is no byte of data");
    } else if (event.is(AnnotationKind.HANDSHAKE_COMPLETE)) {
      prose.then("; ").add("confirms the SYN, which is no byte of data");
    } else if (segment.has(TcpFlags.RST)) {
      prose.then("; ").add("if it is believed, what waits or is not yet read is thrown away");
    }
    if (prose.isEmpty()) {
      prose.add(Meaning.DIM, withoutBytes(segment));
    }
    return prose.newLine().add(ByteWords.state(event, event.bytes()));
  }

  private String withoutBytes(SegmentFacts segment) {
    String from = "the " + segment.from().id();
    if (segment.has(TcpFlags.ACK) && segment.windowBytes() == 0) {
      return from + " has no room";
    }
    return madeRoom ? from + " has room again: its application has read" : "moves no bytes";
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
    StreamPosition stream = of(from);
    long end = stream.dataEnd(stream.usable());
    if (stream.held().isEmpty() && end > stream.start()) {
      words.add("; the " + from.opposite().id());
      words.add(stream.confirmedOnly() ? " has confirmed" : " can use");
      words.add(" everything up to " + (end - 1));
    }
    Prose state = ByteWords.state(from, stream);
    if (!state.isEmpty()) {
      words.newLine().add(state);
    }
  }

  private StreamPosition of(Side from) {
    return from == Side.CLIENT ? fromClient : fromServer;
  }
}
