package dev.conntrace.cli;

import dev.conntrace.select.ConnectionOrder;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.FirstOf;
import dev.conntrace.select.SelectionException;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code connections}: one record per connection, as each is finished or in an order. */
final class ConnectionsCommand implements Command {
  @Override
  public void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.value(
                "FIELD",
                "Sort by a field, amounts largest first: "
                    + String.join(", ", ConnectionOrder.names())
                    + ", or how often an annotation was found.",
                "--sort")
            .completionCandidates(ConnectionOrder.names())
            .build());
    spec.addOption(OptionSpecs.value("N", "Only the first N of --sort.", "--top").build());
    Captures.define(spec);
    Following.define(spec);
    PacketCopy.define(spec, "every packet of the selected connections");
    SelectionOptions.define(spec, "Only connections with a segment that carries this annotation.");
    SelectionOptions.defineRange(spec, "Connections with a segment among them are selected.");
    CommonOptions.define(spec);
    spec.addPositional(OptionSpecs.files());
  }

  @Override
  public boolean prints(Format format) {
    return true;
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints one line or record per connection: who called whom, how it opened and closed, what"
            + " each side sent, and what was found on it. Without --sort each is printed as it is"
            + " finished.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace connections capture.pcap",
        "conntrace connections --sort bytes --top 10 capture.pcap",
        "conntrace connections --with reset --format ndjson capture.pcap",
        "conntrace connections --with zero-window -w stalled.pcap capture.pcap",
        "conntrace connections --format csv *.pcap > connections.csv",
        "conntrace connections --where 'handshake.rtt_server > 50ms and closed != reset' *.pcap",
        "conntrace connections --where 'client in 10.0.0.0/8 and annotations has zero-window' a.pcap");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    ConnectionSelection selection = SelectionOptions.ofConnections(words);
    ConnectionOrder order = order(words);
    int most = most(words);
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
                FirstOf sorted = order == null ? null : new FirstOf(order, most);
                ConnectionSink sink =
                    new ConnectionSink(
                        capture.name(), selection, printer, sorted, capture.mayBeReadAhead());
                try (sink) {
                  capture.trace(sink, sorted == null);
                }
                if (sorted != null) {
                  for (ConnectionReport report : sorted.inOrder()) {
                    printer.connection(capture.name(), report);
                  }
                }
                printer.endOfConnections();
                printer.flush();
                session.noteIfNothing(capture.name(), sink.selected(), selection, sink.capture());
                return sink.capture();
              }
            });
  }

  private static @Nullable ConnectionOrder order(ParseResult words) throws UsageException {
    if (!words.hasMatchedOption("--sort")) {
      if (words.hasMatchedOption("--top")) {
        throw new UsageException("--top needs --sort: it keeps the first of an order");
      }
      return null;
    }
    try {
      return ConnectionOrder.by(OptionSpecs.valueOf(words, "--sort", ""));
    } catch (SelectionException e) {
      throw new UsageException(e);
    }
  }

  private static int most(ParseResult words) throws UsageException {
    return words.hasMatchedOption("--top")
        ? CommonOptions.positive("--top", OptionSpecs.valueOf(words, "--top", ""))
        : Integer.MAX_VALUE;
  }
}
