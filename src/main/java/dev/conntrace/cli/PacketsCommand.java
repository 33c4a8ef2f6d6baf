package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code packets}: one record per TCP segment, in the order of the capture. */
final class PacketsCommand implements Command {
  @Override
  public void define(CommandSpec spec) {
    Captures.define(spec);
    Following.define(spec);
    PacketCopy.define(spec, "the selected segments");
    SelectionOptions.define(spec, "Only segments that carry this annotation.");
    SelectionOptions.defineSide(spec);
    SelectionOptions.defineRange(spec, "");
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
        "Prints one line or record per TCP segment, in the order of the capture: who sent it, its"
            + " numbers, what it means, and the states of both endpoints after it.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace packets capture.pcap",
        "conntrace packets --with retransmission capture.pcap",
        "conntrace packets --where 'len > 1000 and from == server' capture.pcap",
        "conntrace packets --since 5s --until 10s --side client capture.pcap",
        "conntrace packets --merge --with retransmission -w again.pcapng eth0.pcap eth1.pcap",
        "tcpdump -U -w capture.pcap & conntrace packets --follow capture.pcap",
        "tcpdump -U -w - tcp | conntrace packets --format ndjson -");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    ConnectionSelection selection = SelectionOptions.ofSegments(words);
    RecordPrinter printer = session.printer();
    return new Captures(session)
        .each(
            words,
            PacketCopy.of(words, selection, false, session),
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture)
                  throws IOException, UsageException {
                capture.survey(selection);
                SegmentSink sink = new SegmentSink(capture.name(), selection, printer);
                capture.trace(sink, true);
                printer.endOfPackets();
                printer.flush();
                session.noteIfNothing(capture.name(), sink.printed(), selection, sink.capture());
                return sink.capture();
              }
            });
  }
}
