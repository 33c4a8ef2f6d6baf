package dev.conntrace.cli;

import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.capture.live.LiveException.Reason;
import dev.conntrace.capture.live.LiveOptions;
import dev.conntrace.capture.live.LiveSource;
import dev.conntrace.capture.live.WantedTraffic;
import dev.conntrace.render.LiveTimelineText;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.render.TimelineText;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code live}: what happens on an interface now. */
final class LiveCommand implements Command {
  private static final String COUNT = "--count";
  private static final String DURATION = "--duration";
  private static final String IDLE_EXIT = "--idle-exit";
  private static final String WRITE = "-w";

  @Override
  public void define(CommandSpec spec) {
    LiveSettings.defineTraffic(spec);
    LiveSettings.define(spec);
    KernelWatch.define(spec);
    spec.addOption(OptionSpecs.value("N", "End after so many packets.", COUNT).build());
    spec.addOption(OptionSpecs.value("SECONDS", "End after so much time.", DURATION).build());
    spec.addOption(
        OptionSpecs.value("SECONDS", "End when so long nothing came.", IDLE_EXIT).build());
    spec.addOption(
        OptionSpecs.value(
                "OUT",
                "Also write every packet to a capture OUT, as it comes: pcapng where its name ends"
                    + " in .pcapng, else pcap.",
                WRITE,
                "--write")
            .build());
    CommonOptions.define(spec);
  }

  @Override
  public List<String> description() {
    return List.of(
        "Captures on an interface and prints what happens, each line as soon as its segment is"
            + " there. Where later segments change what an earlier one means, that is said again.",
        "With -q it prints the summary alone: for rates at which nobody could read along, with -w."
            + " Ctrl-C ends it with the summary.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace live --port 6573",
        "conntrace live -i eth0 --host 10.0.0.1 -w trace.pcapng",
        "conntrace live --idle-exit 5 --format ndjson");
  }

  @Override
  public boolean captures() {
    return true;
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    WantedTraffic wanted = LiveSettings.traffic(words);
    Rehearsal.of(session, LiveCommand::trace);
    LiveSource source;
    try {
      String device = LiveSettings.device(words, LiveCapture::loopback);
      LiveOptions options = LiveSettings.options(words, device, wanted);
      source = LiveCapture.open(options, LiveSettings.way(words));
    } catch (LiveException e) {
      return failed(e, session.messages());
    }
    LiveInput input = input(session, words, source);
    input.watchSockets(KernelWatch.open(words, wanted, session.messages()));
    Interruption.stops(input::stop);
    session.messages().note(source.format() + "; Ctrl-C ends it");
    return new Captures(session).followed(input, capture -> trace(session, capture));
  }

  /** Says why nothing can be captured. */
  static ExitStatus failed(LiveException fault, Messages messages) throws UsageException {
    String message = String.valueOf(fault.getMessage());
    if (fault.reason() == Reason.BAD_FILTER) {
      throw new UsageException(message);
    }
    messages.error(message);
    return ExitStatus.NOT_PERMITTED;
  }

  private static LiveInput input(Session session, ParseResult words, LiveSource source)
      throws UsageException {
    LiveRecording recording =
        words.hasMatchedOption(WRITE)
            ? LiveRecording.open(OptionSpecs.valueOf(words, WRITE, ""), source.linkType())
            : null;
    LiveInput input = new LiveInput("live", source, recording, session.output()::flush);
    if (words.hasMatchedOption(COUNT)) {
      input.limitPackets(CommonOptions.positive(COUNT, OptionSpecs.valueOf(words, COUNT, "")));
    }
    if (words.hasMatchedOption(DURATION)) {
      input.limitTime(CommonOptions.nanos(DURATION, OptionSpecs.valueOf(words, DURATION, "")));
    }
    if (words.hasMatchedOption(IDLE_EXIT)) {
      input.endWhenIdle(CommonOptions.nanos(IDLE_EXIT, OptionSpecs.valueOf(words, IDLE_EXIT, "")));
    }
    return input;
  }

  private static @Nullable CaptureReport trace(Session session, NamedCapture capture)
      throws IOException {
    if (session.options().isNdjson()) {
      LiveRecords records = new LiveRecords(capture.name(), new NdjsonRecords(session.output()));
      capture.trace(records, true);
      return records.capture();
    }
    CaptureReport totals;
    if (session.options().quiet()) {
      TotalsSink sink = new TotalsSink(ConnectionSelection.all());
      capture.trace(sink, true);
      totals = sink.capture();
    } else {
      LiveTimeline timeline =
          new LiveTimeline(
              capture.name(), new LiveTimelineText(session.output(), session.layout(true)));
      capture.trace(timeline, true);
      totals = timeline.capture();
      session.output().write("\n");
    }
    if (totals != null) {
      new TimelineText(session.output(), session.layout(true))
          .overview(capture.name(), totals, List.of());
    }
    return totals;
  }
}
