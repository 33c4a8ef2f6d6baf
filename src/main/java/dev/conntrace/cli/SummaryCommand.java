package dev.conntrace.cli;

import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code summary}: the totals of each capture. */
final class SummaryCommand implements Command {
  @Override
  public void define(CommandSpec spec) {
    CommonOptions.define(spec);
    spec.addPositional(OptionSpecs.files());
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints what a capture holds: packets by outcome, connections by how they opened and closed,"
            + " what was found, and what limits the capture's worth.");
  }

  @Override
  public List<String> examples() {
    return List.of("conntrace summary capture.pcap", "conntrace summary --format ndjson *.pcap");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    RecordPrinter printer = session.printer();
    return new Captures(session)
        .each(
            OptionSpecs.wordsOf(words),
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture) throws IOException {
                TotalsSink sink = new TotalsSink();
                capture.trace(sink, false);
                CaptureReport report = sink.capture();
                if (report != null) {
                  printer.summary(capture.name(), report);
                  printer.flush();
                }
                return report;
              }
            });
  }
}
