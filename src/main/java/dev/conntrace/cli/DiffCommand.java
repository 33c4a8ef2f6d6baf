package dev.conntrace.cli;

import dev.conntrace.expect.CaptureDiff;
import dev.conntrace.expect.ConnectionTrace;
import dev.conntrace.expect.DiffOptions;
import dev.conntrace.expect.DiffResult;
import dev.conntrace.expect.Difference;
import dev.conntrace.expect.Trace;
import dev.conntrace.expect.TraceRecorder;
import dev.conntrace.render.DiffText;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code diff}: how two captures differ, whatever changes from run to run left aside. */
final class DiffCommand implements Command {
  @Override
  public void define(CommandSpec spec) {
    DiffSettings.define(spec);
    SelectionOptions.define(spec, "Only connections with a segment that carries this annotation.");
    CommonOptions.define(spec);
    spec.addPositional(
        OptionSpecs.words(
                "1..*", "CAPTURE", "Two captures, A and B; '-' is standard input for one of them.")
            .build());
  }

  @Override
  public List<String> description() {
    return List.of(
        "Compares two captures by what TCP did. Initial sequence numbers, ports that systems choose"
            + " (32768 and higher), addresses, timestamps and absolute times do not matter."
            + " Connections are matched by order, server port, bytes and shape, so that one more in"
            + " either capture does not shift the others.",
        "What hangs on milliseconds (turns, acks, windows, times) differs from run to run of the same"
            + " traffic. It is compared but does not count, unless --also or --tolerance asks for"
            + " it; the last line says how much was found. The lengths of segments count; where"
            + " much data flows at once they hang on milliseconds too: --ignore segments.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace diff good.pcap now.pcap",
        "conntrace diff --ignore segments --port 6573 good.pcap now.pcap",
        "conntrace diff --tolerance 50ms,20% good.pcap now.pcap",
        "conntrace diff --also acks,windows --format ndjson good.pcap now.pcap");
  }

  @Override
  public boolean judges() {
    return true;
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException, IOException {
    List<String> files = OptionSpecs.wordsOf(words);
    if (files.size() != 2) {
      throw new UsageException("diff compares two captures, not " + files.size());
    }
    if (files.get(0).equals("-") && files.get(1).equals("-")) {
      throw new UsageException("'-' is standard input, which can be read only once");
    }
    DiffOptions options = DiffSettings.of(words);
    Recording first = new Recording(files.get(0), SelectionOptions.ofConnections(words));
    Recording second = new Recording(files.get(1), SelectionOptions.ofConnections(words));
    ExitStatus status = first.record(session).worst(second.record(session));
    if (first.trace == null || second.trace == null) {
      return status;
    }
    DiffResult result = CaptureDiff.between(first.trace, second.trace, options);
    print(session, files, options, result);
    return result.isEqual() ? status : status.worst(ExitStatus.EXPECTATION_FAILED);
  }

  /** One of both captures, and what is selected of it. */
  private static final class Recording implements Captures.Task {
    private final String file;
    private final ConnectionSelection selection;
    private @Nullable Trace trace;

    Recording(String file, ConnectionSelection selection) {
      this.file = file;
      this.selection = selection;
    }

    ExitStatus record(Session session) throws UsageException {
      ExitStatus status = new Captures(session).each(List.of(file), this);
      if (trace != null) {
        long selected = trace.connections().size();
        session.noteIfNothing(file, selected, selection, trace.capture());
        noteDrops(session, file, trace.capture());
      }
      return status;
    }

    @Override
    public CaptureReport run(NamedCapture capture) throws IOException, UsageException {
      capture.survey(selection);
      TraceRecorder recorder = new TraceRecorder(file, CaptureDiff.BOUNDS);
      capture.trace(recorder, false);
      Trace whole = recorder.trace();
      List<ConnectionTrace> selected = new ArrayList<>();
      for (ConnectionTrace connection : whole.connections()) {
        if (selection.includes(connection.report())) {
          selected.add(connection);
        }
      }
      trace = new Trace(whole.name(), whole.capture(), List.copyOf(selected), whole.limits());
      return whole.capture();
    }
  }

  private static void noteDrops(Session session, String file, CaptureReport report) {
    for (CaptureQuality quality : report.quality()) {
      if (quality.problem() == Problem.DROPS) {
        session
            .messages()
            .note(file + ": packets were dropped while it was taken: what differs may be that");
      }
    }
  }

  private static void print(
      Session session, List<String> files, DiffOptions options, DiffResult result)
      throws IOException {
    if (session.options().isNdjson()) {
      NdjsonRecords records = new NdjsonRecords(session.output());
      for (Difference difference : result.differences()) {
        records.difference(files.get(0), files.get(1), difference);
      }
      records.flush();
    } else {
      new DiffText(session.output(), session.layout(false), options)
          .print(files.get(0), files.get(1), result);
    }
  }
}
