package dev.conntrace.render;

import dev.conntrace.trace.BufferReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.Late;
import dev.conntrace.trace.StreamBuffers.Peak;
import dev.conntrace.trace.StreamBuffers.PushRuns;
import java.io.IOException;

/**
 * What waited in send buffers and receive queues, as far as the wire bounds it. In words, for each
 * direction: how it was cut up, what waited for an ACK, what waited behind a hole or unread.
 */
final class BufferWords {
  /** Data in so few segments needs no statistics, unless some of it had to wait. */
  private static final int FEW_SEGMENTS = 2;

  private static final String PSH =
      " (PSH says that its sender had no more at hand, not that a message ends)";

  private BufferWords() {}

  /** Prints entries for each direction with data; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    BufferReport told = report.history().buffers();
    String label = "buffers";
    for (Side from : Side.values()) {
      StreamBuffers stream = told.from(from);
      if (stream.dataSegments() > FEW_SEGMENTS || stream.outOfOrder().bytes() > 0) {
        entries.print(label, segmentation(report, from, label.isEmpty()));
        label = "";
        waiting(entries, from, stream);
      }
    }
  }

  private static Prose segmentation(ConnectionReport report, Side from, boolean explained) {
    StreamBuffers stream = report.history().buffers().from(from);
    long bytes = report.from(from).uniqueBytes();
    Prose prose = new Prose().add("the ").add(Arrow.colour(from), from.id());
    prose.add("'s " + Counted.of(bytes, "byte") + " travelled in ");
    prose.add(Counted.of(stream.dataSegments(), "segment") + fullSized(stream));
    PushRuns runs = stream.pushRuns();
    if (runs.count() > 0) {
      boolean varied = runs.bytes().min() < runs.bytes().max();
      prose.add("; PSH on " + (runs.count() == 1 ? "one" : runs.count()) + " of them, after ");
      prose.add(
          (varied ? runs.bytes().min() + " to " : "") + Counted.of(runs.bytes().max(), "byte"));
      prose.add(varied ? ", median " + runs.bytes().median() : "");
      prose.add(varied || runs.count() == 1 ? "" : " each");
      prose.add(explained ? "" : PSH);
    }
    return prose;
  }

  private static String fullSized(StreamBuffers stream) {
    if (stream.fullSizedSegments() == StreamBuffers.UNKNOWN) {
      return "";
    }
    if (stream.fullSizedSegments() == 0) {
      return ", none of them full-sized";
    }
    return stream.shortSegments() == 0
        ? ", all full-sized"
        : ", " + stream.fullSizedSegments() + " full-sized, " + stream.shortSegments() + " smaller";
  }

  private static void waiting(Labelled entries, Side from, StreamBuffers stream)
      throws IOException {
    Side receiver = from.opposite();
    Prose prose = new Prose();
    if (stream.unacknowledged().bytes() > 0) {
      prose.add("at least ").add(peak(stream.unacknowledged()));
      prose.add(" waited for an ACK in the ").add(Arrow.colour(from), from.id());
      prose.add("'s send buffer");
    }
    if (stream.unread().bytes() > 0) {
      prose.then("; ").add("at least ").add(peak(stream.unread()));
      prose.add(" unread in the ").add(Arrow.colour(receiver), receiver.id());
      prose.add("'s receive queue: acknowledged, and no new room given");
    }
    if (!prose.isEmpty()) {
      entries.print("", prose);
    }
    if (stream.outOfOrder().bytes() > 0) {
      entries.print("", outOfOrder(receiver, stream));
    }
  }

  private static Prose peak(Peak peak) {
    return new Prose()
        .add(Counted.of(peak.bytes(), "byte") + " (")
        .add(Meaning.FRAME, "frame " + peak.frame())
        .add(")");
  }

  private static Prose outOfOrder(Side receiver, StreamBuffers stream) {
    Prose prose = new Prose().add("the ").add(Arrow.colour(receiver), receiver.id());
    prose.add(stream.confirmedOnly() ? ", as its SACKs tell, held up to " : " held up to ");
    prose.add(peak(stream.outOfOrder())).add(" beyond a hole");
    Late late = stream.late();
    if (late.times() == 0) {
      return prose.add(" that was never filled, as far as was seen");
    }
    prose.add("; it could hand ").add(Counted.bytes(late.first(), late.end()));
    prose.add(" to its program only with ").add(Meaning.FRAME, "frame " + late.toFrame());
    if (late.longestNanos() != StreamBuffers.UNKNOWN) {
      prose.add(", when some had waited " + Durations.text(late.longestNanos()));
    }
    prose.add(" (head-of-line blocking; ");
    prose.add(late.times() == 1 ? "" : late.times() + " times, ");
    return prose.add(Counted.of(late.bytes(), "byte") + " in all)");
  }
}
