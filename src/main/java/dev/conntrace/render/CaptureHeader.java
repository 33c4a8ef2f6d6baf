package dev.conntrace.render;

import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.LinkTypeCount;
import dev.conntrace.trace.SegmentFacts;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Prints what a capture holds, and first what limits its worth. */
final class CaptureHeader {
  private static final int LABEL = 10;

  private final Appendable out;
  private final Layout layout;
  private final Labelled entries;

  CaptureHeader(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.entries = new Labelled(out, layout, 2, LABEL);
  }

  void print(String file, CaptureReport report) throws IOException {
    Prose title = new Prose().add(Meaning.TITLE, Escaped.text(file));
    if (!report.format().isEmpty()) {
      title.add(Meaning.DIM, "  " + Escaped.text(report.format()));
    }
    title.printTo(out, new Line(layout.palette()), 0, layout.width());
    for (CaptureQuality quality : report.quality()) {
      Meaning colour = QualityWords.colour(quality.problem());
      String label = QualityWords.isHarmless(quality.problem()) ? "note" : "beware";
      String words = QualityWords.ofCapture(quality) + ofSample(quality.problem(), report);
      entries.print(label, new Prose().add(colour, words));
    }
    entries.print("packets", packets(report));
    for (LinkTypeCount type : report.unknownLinkTypes()) {
      String packets =
          ": " + Counted.of(type.packets(), "packet") + ", which cannot be looked inside";
      entries.print("link layer", new Prose().add(Meaning.WARNING, type.name()).add(packets));
    }
    if (report.firstNanos() != SegmentFacts.NO_TIMESTAMP
        && report.lastNanos() != SegmentFacts.NO_TIMESTAMP) {
      ClockText clock = new ClockText(layout.time(), report.firstNanos(), report.lastNanos());
      long lasted = report.lastNanos() - report.firstNanos();
      entries.print("time", Durations.text(lasted) + " from " + clock.moment(report.firstNanos()));
    }
    notes(report.notes());
  }

  /** Returns how many checksums were looked at, where that is less than all. */
  private static String ofSample(CaptureQuality.Problem problem, CaptureReport report) {
    boolean sampled = report.checksumsVerified() < report.tcpSegments();
    return switch (problem) {
      case CHECKSUM_PARTIAL, CHECKSUM_BAD, CHECKSUM_UNRELIABLE ->
          sampled ? " (" + report.checksumsVerified() + " were verified)" : "";
      default -> "";
    };
  }

  /** Prints how the capture came about, as far as it says so itself. */
  private void notes(CaptureNotes notes) throws IOException {
    for (Map<String, String> section : notes.sections()) {
      Prose prose = new Prose();
      for (String key : List.of("application", "os", "hardware")) {
        String said = section.getOrDefault(key, "").strip();
        if (!said.isEmpty()) {
          prose.then(", on ").add(Escaped.text(said));
        }
      }
      if (!prose.isEmpty()) {
        entries.print("written by", prose);
      }
      String comment = section.getOrDefault("comment", "");
      if (!comment.isEmpty()) {
        entries.print("comment", new Prose().add(Meaning.PAYLOAD, Escaped.quoted(comment)));
      }
    }
  }

  /** Prints the findings that stand out. */
  void findings(CaptureReport report) throws IOException {
    entries.print("findings", Findings.standingOut(report.annotations(), "nothing unusual"));
  }

  private static Prose packets(CaptureReport report) {
    Prose prose = new Prose();
    prose.add(Counted.of(report.frames(), "packet") + ": ");
    prose.add(Counted.of(report.tcpSegments(), "TCP segment"));
    prose.add(" of " + Counted.of(report.connections(), "connection"));
    for (Map.Entry<String, Long> skipped : report.skipped().entrySet()) {
      prose.add(", " + skipped.getValue() + " " + Escaped.text(skipped.getKey()));
    }
    return prose;
  }
}
