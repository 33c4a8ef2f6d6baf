package dev.conntrace.cli;

import dev.conntrace.render.View;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code timeline}: what happened, connection by connection. */
final class TimelineCommand implements Command {
  /** More connections than these are not printed unless they were selected. */
  private static final int MOST_UNASKED = 10;

  /** How many connections are taken on at once; for more, the capture is read again. */
  private static final int MOST_AT_ONCE = 1000;

  private static final String ALL = "--all";
  private static final String LADDER = "--ladder";
  private static final String LAYERS = "--layers";
  private static final String BYTES = "--bytes";

  @Override
  public void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.flag(
                "Show every segment; without it, runs of plain data and acknowledgements are"
                    + " folded.",
                ALL)
            .build());
    Captures.define(spec);
    Following.define(spec);
    PacketCopy.define(spec, "every packet of the selected connections");
    spec.addOption(
        OptionSpecs.flag(
                "Draw a sequence diagram: an arrow a segment between the client on the left and"
                    + " the server on the right.",
                LADDER)
            .build());
    spec.addOption(
        OptionSpecs.flag(
                "Show what each layer adds to the data of a segment: link, IP and TCP headers.",
                LAYERS)
            .build());
    spec.addOption(
        OptionSpecs.flag(
                "Follow the bytes: which have arrived, which wait for others, which are on the"
                    + " way. Of --ladder, --layers and --bytes one can be given.",
                BYTES)
            .build());
    SelectionOptions.define(spec, "Only connections with a segment that carries this annotation.");
    SelectionOptions.defineSide(spec);
    SelectionOptions.defineRange(
        spec, "Other segments and connections without any of these are not shown.");
    CommonOptions.define(spec);
    spec.addPositional(OptionSpecs.files());
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints a summary, then what happened on each connection, segment by segment and in words."
            + " Of a capture with more than "
            + MOST_UNASKED
            + " connections it prints the summary alone, unless some are selected.",
        "With --follow each connection is printed when it has ended, and the summary last.",
        "A capture is read twice; what comes from a pipe goes to a temporary file for that, which"
            + " is deleted at once.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace capture.pcap",
        "conntrace timeline --connection 3 --all capture.pcap",
        "conntrace timeline --ladder capture.pcap",
        "conntrace timeline --server 10.0.0.1:443 --with retransmission capture.pcap",
        "conntrace timeline --where 'from_client.bytes > 1M or closed == reset' capture.pcap",
        "conntrace timeline --frames 100-200 --side server capture.pcap",
        "conntrace timeline --merge trace.pcap trace.pcap1 trace.pcap2",
        "tcpdump -w - tcp port 80 | conntrace -");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    ConnectionSelection selection = SelectionOptions.ofConnections(words);
    boolean unfold = OptionSpecs.isGiven(words, ALL);
    View view = view(words);
    if (view != View.ROWS && session.options().isNdjson()) {
      throw new UsageException(
          option(view) + " is a view in text; in NDJSON the records hold the numbers");
    }
    return new Captures(session)
        .each(
            words,
            PacketCopy.of(words, selection, true, session),
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture)
                  throws IOException, UsageException {
                TimelinePrinter printer =
                    session.options().isNdjson()
                        ? new NdjsonTimeline(capture.name(), session)
                        : new TextTimeline(
                            capture.name(),
                            session.output(),
                            session.layout(unfold),
                            view,
                            session.strokes());
                return capture.isFollowed()
                    ? follow(session, selection, capture, printer)
                    : print(session, selection, capture, printer);
              }
            });
  }

  /** There is no second reading: each connection is printed at its end, and the summary last. */
  static @Nullable CaptureReport follow(
      Session session, ConnectionSelection selection, NamedCapture capture, TimelinePrinter printer)
      throws IOException, UsageException {
    capture.survey(selection);
    FollowedTimeline sink =
        new FollowedTimeline(selection, printer, session.messages(), FollowedTimeline.MOST_KEPT);
    capture.trace(sink, true);
    CaptureReport totals = sink.capture();
    if (totals != null) {
      printer.endOfFollowing(totals);
      session.noteIfNothing(capture.name(), sink.printed(), selection, totals);
    }
    return totals;
  }

  private static View view(ParseResult words) throws UsageException {
    View chosen = View.ROWS;
    for (View view : View.values()) {
      if (view != View.ROWS && OptionSpecs.isGiven(words, option(view))) {
        if (chosen != View.ROWS) {
          throw new UsageException(
              "choose one view: "
                  + option(chosen)
                  + " and "
                  + option(view)
                  + " exclude each other");
        }
        chosen = view;
      }
    }
    return chosen;
  }

  private static String option(View view) {
    return switch (view) {
      case ROWS, LADDER -> LADDER;
      case LAYERS -> LAYERS;
      case BYTES -> BYTES;
    };
  }

  /** There is a second reading: the summary first, then connection by connection. */
  static @Nullable CaptureReport print(
      Session session, ConnectionSelection selection, NamedCapture capture, TimelinePrinter printer)
      throws IOException, UsageException {
    capture.keep();
    capture.survey(selection);
    ReportCollector collector = collect(capture, selection, 0);
    CaptureReport totals = collector.capture();
    if (totals == null) {
      return null;
    }
    if (selection.isEmpty() && collector.selected() > MOST_UNASKED) {
      printer.overview(totals, collector.reports().subList(0, MOST_UNASKED));
      printer.tooMany(collector.selected(), MOST_UNASKED);
    } else {
      printer.overview(totals, collector.reports());
      timelines(selection, capture, printer, collector);
    }
    printer.finish(totals);
    session.noteIfNothing(capture.name(), collector.selected(), selection, totals);
    return totals;
  }

  private static void timelines(
      ConnectionSelection selection,
      NamedCapture capture,
      TimelinePrinter printer,
      ReportCollector collected)
      throws IOException {
    ReportCollector collector = collected;
    List<ConnectionReport> reports = collector.reports();
    while (!reports.isEmpty()) {
      TraceSink foresight = printer.foresight(reports);
      if (foresight != null) {
        capture.trace(foresight, false);
      }
      int next = 0;
      while (next < reports.size()) {
        TimelineSink sink =
            new TimelineSink(printer, reports, next, TimelineSink.MOST_HELD_BACK, selection);
        capture.trace(sink, true);
        next = sink.next();
      }
      if (collector.selected() <= reports.size()) {
        return;
      }
      collector = collect(capture, selection, reports.get(reports.size() - 1).connection());
      reports = collector.reports();
    }
  }

  private static ReportCollector collect(
      NamedCapture capture, ConnectionSelection selection, int after) throws IOException {
    ReportCollector collector = new ReportCollector(selection, after, MOST_AT_ONCE);
    capture.trace(collector, false);
    return collector;
  }
}
