package dev.conntrace.render;

import dev.conntrace.trace.AckCoverage;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.FrameNotes;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentNotation;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.SourceFrame;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.StreamPosition;
import dev.conntrace.trace.TcpState;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints everything known of one segment, from the outermost layer to the last verdict. */
final class FrameText {
  private static final int NANO_DIGITS = 9;
  private static final int INDENT = 2;
  private static final int MOST_PAYLOAD = 96;

  private final Appendable out;
  private final Layout layout;
  private final Labelled entries;

  FrameText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.entries = new Labelled(out, layout, INDENT, "acknowledges".length());
  }

  /**
   * Prints a segment.
   *
   * @param context what surrounds it
   * @param details what only its bytes tell; null where they are not at hand
   * @param withHeader whether to draw its TCP header
   */
  void print(
      String file,
      ConnectionReport report,
      SegmentSeen event,
      FrameContext context,
      @Nullable FrameDetails details,
      boolean withHeader)
      throws IOException {
    SegmentFacts segment = event.segment();
    title(file, event);
    source(segment.source());
    time(report, segment);
    notes(segment.notes());
    if (details != null) {
      entries.print("captured", FrameBytesWords.captured(details));
    }
    Prose layers = LayerWords.sum(segment);
    Prose odd = LayerWords.oddities(segment, 0);
    entries.print("layers", odd.isEmpty() ? layers : layers.add("; ").add(odd));
    String encapsulation = segment.encapsulation();
    if (encapsulation != null) {
      entries.print("inside", Escaped.text(encapsulation));
    }
    if (!segment.fragments().isEmpty()) {
      String frames = Counted.frames(segment.fragments());
      entries.print(
          "fragments",
          new Prose()
              .add("the IP datagram came in pieces, in ")
              .add(Meaning.FRAME, frames)
              .add(", and is whole since the last of them"));
    }
    entries.print("IP", ip(segment));
    entries.print("flags", FlagWords.of(segment.flags()));
    numbers(segment);
    coverage(event);
    entries.print("window", window(segment));
    entries.print("options", SegmentOptionWords.of(segment));
    if (details != null) {
      entries.print("checksum", FrameBytesWords.checksum(details));
    }
    entries.print("as a script", new Prose().add(Meaning.DIM, SegmentNotation.of(segment, 0)));
    state(Side.CLIENT, event.clientState(), context);
    state(Side.SERVER, event.serverState(), context);
    stream(segment.from(), context);
    stream(segment.from().opposite(), context);
    moved(event, context);
    later(context);
    payload(segment, details);
    if (withHeader && details != null && details.hasTcpHeader()) {
      out.append('\n');
      new TcpHeaderDiagram(out, layout).print(details.tcpHeaderBytes());
    }
    for (Annotation annotation : event.annotations()) {
      verdict(annotation, segment);
    }
  }

  private void title(String file, SegmentSeen event) throws IOException {
    Side from = event.segment().from();
    new Prose()
        .add(Meaning.TITLE, "Frame " + event.segment().frame())
        .add(" of connection " + event.connection() + ": ")
        .add(Arrow.colour(from), from.id() + " " + event.key().of(from))
        .add(" -> ")
        .add(
            Arrow.colour(from.opposite()),
            from.opposite().id() + " " + event.key().of(from.opposite()))
        .add(Meaning.DIM, "  " + Escaped.text(file))
        .printTo(out, new Line(layout.palette()), 0, layout.width());
  }

  private void source(@Nullable SourceFrame source) throws IOException {
    if (source != null) {
      entries.print("source", "frame " + source.frame() + " of " + Escaped.text(source.file()));
    }
  }

  private void time(ConnectionReport report, SegmentFacts segment) throws IOException {
    if (!segment.hasTimestamp()) {
      return;
    }
    ClockText clock = new ClockText(layout.time(), report.startNanos(), report.endNanos());
    Prose prose = new Prose().add(clock.moment(segment.timestampNanos(), NANO_DIGITS));
    if (report.startNanos() != SegmentFacts.NO_TIMESTAMP) {
      long since = segment.timestampNanos() - report.startNanos();
      prose.add(", " + DecimalSeconds.fixed(since, NANO_DIGITS));
      prose.add(" s after the connection's first segment");
    }
    entries.print("time", prose);
  }

  private void notes(FrameNotes notes) throws IOException {
    String name = Escaped.text(notes.interfaceName().strip());
    String description = Escaped.text(notes.interfaceDescription().strip());
    if (!name.isEmpty() || !description.isEmpty()) {
      boolean both = !name.isEmpty() && !description.isEmpty();
      entries.print("interface", name + (both ? " (" + description + ")" : description));
    }
    if (!notes.comment().isEmpty()) {
      Prose comment = new Prose().add(Meaning.PAYLOAD, Escaped.quoted(notes.comment()));
      entries.print("comment", comment);
    }
  }

  private static Prose ip(SegmentFacts segment) {
    Prose prose = new Prose().add("hop limit " + segment.hopLimit());
    if (segment.ipId() != 0) {
      prose.add(", identification " + segment.ipId());
    }
    return switch (segment.ecn()) {
      case 0 -> prose;
      case 3 -> prose.add(Meaning.WARNING, ", marked by a router: congestion");
      default -> prose.add(", routers may mark it instead of dropping it (ECN)");
    };
  }

  private void numbers(SegmentFacts segment) throws IOException {
    Prose sequence = new Prose();
    sequence.add(segment.seqRel() + " (raw " + Integer.toUnsignedLong(segment.seq()) + "): ");
    sequence.add(
        segment.length() > 0
            ? Counted.bytes(segment.firstByteRel(), segment.endRel())
            : segment.rangeInWords().equals("nothing")
                ? "brings nothing; its sender stands here"
                : segment.rangeInWords());
    entries.print("sequence", sequence);
    if (segment.has(TcpFlags.ACK)) {
      Prose ack = new Prose();
      ack.add(
          segment.ackRel() + " (raw " + Integer.toUnsignedLong(segment.ack()) + "): wants byte ");
      ack.add(segment.ackRel() + " of the " + segment.from().opposite().id() + " next");
      ack.add("; everything before it has arrived");
      entries.print("acknowledges", ack);
    }
  }

  /** Which segments an acknowledgement is the first to cover. */
  private void coverage(SegmentSeen event) throws IOException {
    AckCoverage acks = event.acks();
    if (acks != null) {
      entries.print("newly", CoverageWords.full(acks));
    }
  }

  private static Prose window(SegmentFacts segment) {
    Prose prose = new Prose();
    if (!segment.windowScaleKnown()) {
      prose.add("at least " + Counted.of(segment.leastWindowBytes(), "byte"));
      prose.add(" (field " + segment.windowField() + "; its scale was not captured");
      return prose.add(
          segment.leastWindowBytes() > segment.windowBytes()
              ? ", but more than the field says was under way)"
              : ")");
    }
    prose.add(Counted.of(segment.windowBytes(), "byte") + " more may be sent to the ");
    prose.add(segment.from().id());
    if (segment.windowField() != segment.windowBytes()) {
      prose.add(" (field " + segment.windowField() + ", scaled)");
    }
    return prose;
  }

  private void state(Side side, TcpState state, FrameContext context) throws IOException {
    StateChanged change = context.change(side);
    Prose prose = new Prose();
    if (change == null) {
      prose.add(Meaning.STATE, state.name()).add(", before and after it");
    } else {
      prose.add(Meaning.STATE, change.before() + " -> " + change.after());
      prose.add(change.cause().isEmpty() ? "" : ": " + change.cause());
    }
    entries.print(side.id(), prose.add(Meaning.DIM, " (" + state.meaning() + ")"));
  }

  /** How far the stream of one side was before the segment, in RFC 9293's variables. */
  private void stream(Side from, FrameContext context) throws IOException {
    StreamPosition before = context.before(from);
    if (before.sentEnd() == 0) {
      return;
    }
    Prose prose = new Prose();
    prose.add("before it SND.UNA " + before.acked() + " (first not acknowledged), ");
    prose.add("SND.NXT " + before.sentEnd() + " (next to send): in flight ");
    prose.add(Long.toString(before.unacknowledged()));
    if (before.windowBytes() != StreamPosition.NO_WINDOW) {
      prose.add(" of " + before.windowBytes() + " that the " + from.opposite().id() + " allows");
    }
    entries.print(from.id() + " bytes", prose);
  }

  /** What it makes usable, and what waits after it. */
  private void moved(SegmentSeen event, FrameContext context) throws IOException {
    Prose prose = ByteWords.moved(event, context.moved());
    Prose state = ByteWords.state(event, context.moved());
    if (!prose.isEmpty()) {
      entries.print("moves", state.isEmpty() ? prose : prose.add("; then ").add(state));
    }
  }

  private void later(FrameContext context) throws IOException {
    Prose prose = new Prose();
    for (FrameContext.Later later : context.later()) {
      AnnotationKind kind = later.kind();
      prose.then(", ").add(Meaning.FRAME, "frame " + later.frame());
      prose.add(kind == null ? " (acknowledges it)" : " (" + kind.id() + ")");
    }
    if (!prose.isEmpty()) {
      entries.print("look next at", prose);
    }
  }

  private void payload(SegmentFacts segment, @Nullable FrameDetails details) throws IOException {
    if (segment.length() == 0) {
      return;
    }
    int captured = details == null ? segment.payloadStart().length() : details.payload().length();
    if (details == null || captured == 0) {
      Prose prose = new Prose();
      if (captured == 0) {
        prose.add("not captured");
      } else {
        prose.add(Meaning.PAYLOAD, Escaped.quoted(segment.payloadStart()));
        prose.add(captured < segment.length() ? "..." : "");
      }
      entries.print("payload", prose);
      return;
    }
    int shown = Math.min(captured, MOST_PAYLOAD);
    String which = shown < segment.length() ? "the first " + shown + " of " : "all ";
    entries.print("payload", which + Counted.of(segment.length(), "byte"));
    new HexDump(out, layout, 2 * INDENT).print(details.payload(), MOST_PAYLOAD);
  }

  private void verdict(Annotation annotation, SegmentFacts segment) throws IOException {
    AnnotationKind kind = annotation.kind();
    Emphasis emphasis = Emphasis.of(kind);
    out.append('\n');
    new Prose()
        .add(emphasis.standsOut() ? emphasis.meaning() : Meaning.TITLE, kind.id())
        .add(": " + kind.title())
        .printTo(out, new Line(layout.palette()), 0, layout.width());
    entries.print("here", annotation.text(segment));
    entries.print("because", because(annotation));
    entries.print("in general", kind.explanation());
    entries.print("see", new Prose().add(Meaning.DIM, kind.reference()));
  }

  private static Prose because(Annotation annotation) {
    Prose prose = new Prose().add("rule " + annotation.rule().id());
    List<Long> evidence = annotation.evidence();
    for (int i = 0; i < evidence.size(); i++) {
      prose.add(i > 0 ? ", " : evidence.size() == 1 ? ", by frame " : ", by frames ");
      prose.add(Meaning.FRAME, Long.toString(evidence.get(i)));
    }
    prose.add("; " + annotation.confidence().id());
    AnnotationKind alternative = annotation.alternative();
    if (annotation.confidence() != Confidence.CERTAIN && alternative != null) {
      prose.add(", could also be " + alternative.id());
    }
    if (annotation.doubt() != null) {
      prose.add(", because " + QualityWords.asReason(annotation.doubt()));
    }
    return prose;
  }
}
