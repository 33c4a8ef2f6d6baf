package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
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
    Captures.define(spec);
    PacketCopy.define(spec, "every packet of the selected connections");
    SelectionOptions.define(spec, "Only connections with a segment that carries this annotation.");
    CommonOptions.define(spec);
    spec.addPositional(OptionSpecs.files());
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints what a capture holds: packets by outcome, connections by how they opened and closed,"
            + " what was found, and what limits the capture's worth. Of a selection it prints the"
            + " same; segments of other connections are counted as not selected, and servers are"
            + " not listed.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace summary capture.pcap",
        "conntrace summary --where 'server == 443 and rtt.max > 1s' capture.pcap",
        "conntrace summary --format ndjson *.pcap");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    ConnectionSelection selection = SelectionOptions.ofConnections(words);
    RecordPrinter printer = session.printer();
    return new Captures(session)
        .each(
            words,
            PacketCopy.of(words, selection, true, session),
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture)
                  throws IOException, UsageException {
                capture.survey(selection);
                TotalsSink sink = new TotalsSink(selection);
                capture.trace(sink, false);
                CaptureReport report = sink.capture();
                if (report != null) {
                  printer.summary(capture.name(), sink.selectedOf(report));
                  printer.flush();
                }
                session.noteIfNothing(capture.name(), sink.connections(), selection, report);
                return report;
              }
            });
  }
}
