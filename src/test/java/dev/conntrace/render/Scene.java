package dev.conntrace.render;

import dev.conntrace.trace.AckCoverage;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.FrameNotes;
import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.Layer;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentOptions;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import dev.conntrace.trace.TransportAddress;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A connection made by hand, segment by segment, as the engine would tell of it. */
final class Scene {
  static final long START = 1_700_000_000_123_456_789L;
  static final ConnectionKey KEY =
      new ConnectionKey(
          new TransportAddress(0, 0x7F000001L, false, 36270),
          new TransportAddress(0, 0x7F000001L, false, 6573));

  private static final int CLIENT_ISN = -100;
  private static final int SERVER_ISN = 2_000_000_000;

  private final SceneStreams streams = new SceneStreams();
  private final List<TraceEvent> events = new ArrayList<>();
  private final List<Annotation> notes = new ArrayList<>();
  private final List<SackBlock> sack = new ArrayList<>();
  private final List<Long> fragments = new ArrayList<>();
  private long frame;
  private long nanos = START;
  private long windowBytes = 65536;
  private boolean scaleKnown = true;
  private String payload = "";
  private int behind;
  private TcpState client = TcpState.CLOSED;
  private TcpState server = TcpState.LISTEN;

  /** Lets time pass. */
  Scene after(long micros) {
    nanos += micros * 1000;
    return this;
  }

  /** The next segment announces this window. */
  Scene window(long bytes) {
    windowBytes = bytes;
    return this;
  }

  Scene scaleUnknown() {
    scaleKnown = false;
    return this;
  }

  Scene noTimes() {
    nanos = SegmentFacts.NO_TIMESTAMP;
    return this;
  }

  /** The next segments have so many bytes behind their data. */
  Scene padding(int bytes) {
    behind = bytes;
    return this;
  }

  Scene payload(String text) {
    payload = text;
    return this;
  }

  /** The next segment gets this verdict. */
  Scene note(AnnotationKind kind, String template, long... evidence) {
    return note(kind, template, Confidence.CERTAIN, null, evidence);
  }

  Scene note(
      AnnotationKind kind,
      String template,
      Confidence confidence,
      AnnotationKind alternative,
      long... evidence) {
    List<Long> frames = Arrays.stream(evidence).boxed().toList();
    List<Long> values = List.of(212_000_000L, 1448L);
    Rule rule = new Rule("rule-of-" + kind.id(), template);
    notes.add(new Annotation(kind, rule, frames, values, confidence, alternative));
    return this;
  }

  /** The next segment came in IP fragments; the last of these frames is its own. */
  Scene fragments(Long... frames) {
    fragments.addAll(List.of(frames));
    return this;
  }

  Scene sack(long left, long right) {
    sack.add(new SackBlock(left, right));
    return this;
  }

  /** The next segment leaves the sides in these states. */
  Scene client(TcpState state, String cause) {
    pendingChanges.add(new Change(Side.CLIENT, state, cause));
    return this;
  }

  Scene server(TcpState state, String cause) {
    pendingChanges.add(new Change(Side.SERVER, state, cause));
    return this;
  }

  private record Change(Side side, TcpState state, String cause) {}

  private final List<Change> pendingChanges = new ArrayList<>();

  /** Sends a segment with flags as the notation writes them: {@code S.}, {@code P.}, {@code F.}. */
  Scene send(Side from, String flags, long seq, int length, long ack) {
    frame++;
    List<StateChanged> changes = new ArrayList<>();
    for (Change change : pendingChanges) {
      TcpState before = change.side == Side.CLIENT ? client : server;
      changes.add(
          new StateChanged(
              1, change.side, before, change.state, frame, change.cause, Confidence.CERTAIN));
      if (change.side == Side.CLIENT) {
        client = change.state;
      } else {
        server = change.state;
      }
    }
    SegmentFacts facts = facts(from, flagsOf(flags), seq, length, ack);
    events.add(
        new SegmentSeen(
            1,
            KEY,
            facts,
            List.copyOf(notes),
            client,
            server,
            coverage(from, flagsOf(flags), seq, length, ack),
            streams.moved(facts)));
    events.addAll(changes);
    notes.clear();
    sack.clear();
    fragments.clear();
    pendingChanges.clear();
    payload = "";
    return this;
  }

  /** Everything is acknowledged segment by segment, in the order sent. */
  private AckCoverage coverage(Side from, int flags, long seq, int length, long ack) {
    boolean control = (flags & (TcpFlags.SYN | TcpFlags.FIN)) != 0;
    if (length > 0 || control) {
      waiting.add(new Waiting(from, seq + length + (control ? 1 : 0), frame, nanos));
    }
    List<Waiting> covered =
        waiting.stream()
            .filter(sent -> (flags & TcpFlags.ACK) != 0 && sent.from != from && sent.end <= ack)
            .toList();
    waiting.removeAll(covered);
    if (covered.isEmpty()) {
      return null;
    }
    Waiting first = covered.get(0);
    Waiting last = covered.get(covered.size() - 1);
    boolean timed = nanos != SegmentFacts.NO_TIMESTAMP;
    return new AckCoverage(
        covered.size(),
        false,
        last.end - first.end,
        0,
        first.frame,
        last.frame,
        0,
        0,
        timed ? nanos - first.nanos : AckCoverage.UNKNOWN,
        timed ? nanos - last.nanos : AckCoverage.UNKNOWN);
  }

  private record Waiting(Side from, long end, long frame, long nanos) {}

  private final List<Waiting> waiting = new ArrayList<>();

  Scene fromClient(String flags, long seq, int length, long ack) {
    return send(Side.CLIENT, flags, seq, length, ack);
  }

  Scene fromServer(String flags, long seq, int length, long ack) {
    return send(Side.SERVER, flags, seq, length, ack);
  }

  private SegmentFacts facts(Side from, int flags, long seq, int length, long ack) {
    boolean syn = (flags & TcpFlags.SYN) != 0;
    SegmentOptions options =
        new SegmentOptions(
            syn ? OptionalInt.of(65495) : OptionalInt.empty(),
            syn ? OptionalInt.of(7) : OptionalInt.empty(),
            syn,
            OptionalLong.of(4_000_000_000L),
            OptionalLong.of(syn && from == Side.CLIENT ? 0 : 3_999_999_999L),
            OptionalInt.empty(),
            List.of(),
            List.copyOf(sack),
            false);
    int ownIsn = from == Side.CLIENT ? CLIENT_ISN : SERVER_ISN;
    int otherIsn = from == Side.CLIENT ? SERVER_ISN : CLIENT_ISN;
    boolean acks = (flags & TcpFlags.ACK) != 0;
    String start = payload.isEmpty() ? "x".repeat(Math.min(length, 48)) : payload;
    int tcp = syn ? 40 : 32;
    List<Layer> layers =
        List.of(new Layer("Ethernet", 14), new Layer("IPv4", 20), new Layer("TCP", tcp));
    HeaderSizes headers = new HeaderSizes(14, 20, tcp, layers, false);
    return new SegmentFacts(
        frame,
        nanos,
        from,
        flags,
        (int) (ownIsn + seq),
        acks ? (int) (otherIsn + ack) : 0,
        seq,
        ack,
        length,
        (int) (windowBytes >> 7),
        windowBytes,
        scaleKnown,
        windowBytes,
        options,
        headers,
        (long) headers.total() + length + behind,
        4660,
        64,
        0,
        start,
        null,
        FrameNotes.NONE,
        List.copyOf(fragments),
        null);
  }

  private static int flagsOf(String letters) {
    int flags = 0;
    for (int i = 0; i < letters.length(); i++) {
      flags |=
          switch (letters.charAt(i)) {
            case 'F' -> TcpFlags.FIN;
            case 'S' -> TcpFlags.SYN;
            case 'R' -> TcpFlags.RST;
            case 'P' -> TcpFlags.PSH;
            case '.' -> TcpFlags.ACK;
            case 'U' -> TcpFlags.URG;
            default -> 0;
          };
    }
    return flags;
  }

  long nanos() {
    return nanos;
  }

  List<TraceEvent> events() {
    return events;
  }

  /** Returns the segments alone. */
  List<SegmentSeen> segments() {
    List<SegmentSeen> segments = new ArrayList<>();
    for (TraceEvent event : events) {
      if (event instanceof SegmentSeen segment) {
        segments.add(segment);
      }
    }
    return segments;
  }

  void playTo(TraceSink sink) {
    for (TraceEvent event : events) {
      event.deliverTo(sink);
    }
  }
}
