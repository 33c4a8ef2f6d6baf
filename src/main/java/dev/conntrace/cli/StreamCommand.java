package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.render.StreamText;
import dev.conntrace.stream.StreamAssembler;
import dev.conntrace.stream.StreamBounds;
import dev.conntrace.stream.StreamSink;
import dev.conntrace.trace.CaptureReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code stream}: the bytes that both sides of a connection sent, put together again. */
final class StreamCommand implements Command {
  @Override
  public void define(CommandSpec spec) {
    StreamRequest.define(spec);
    Captures.define(spec);
    SelectionOptions.define(spec, "Only connections with a segment that carries this annotation.");
    CommonOptions.define(spec);
    spec.addPositional(OptionSpecs.files());
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints what the two sides of a connection said to each other: the payload of its segments"
            + " in order and each byte once, both sides by turns. Text is escaped; '>' stands"
            + " before what the client sent and '<' before what the server sent.",
        "Bytes that the capture does not hold are told as gaps, in their place but never as bytes;"
            + " where two segments bring different bytes for one position both are shown. The"
            + " payload of resets, keep-alives and strays is no data and is told apart.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace stream capture.pcap --connection 3",
        "conntrace stream capture.pcap --connection 3 --from server --hex --chunks",
        "conntrace stream capture.pcap --connection 3 --from server --raw -o answer.bin",
        "conntrace stream capture.pcap --connection 3 --format ndjson",
        "conntrace stream capture.pcap --port 80 --all streams/");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException, IOException {
    StreamRequest request = StreamRequest.of(words, session);
    StreamSelection selection = new StreamSelection(words);
    List<String> files = OptionSpecs.wordsOf(words);
    if (request.folder() != null) {
      return folder(session, request, request.folder(), selection, files);
    }
    if (request.file() == null) {
      return each(
          session,
          request,
          selection,
          files,
          new BufferedOutputStream(session.surroundings().out()));
    }
    return toFile(session, request, request.file(), selection, files);
  }

  private static ExitStatus toFile(
      Session session,
      StreamRequest request,
      String name,
      StreamSelection selection,
      List<String> files)
      throws UsageException {
    try (NewFile file = NewFile.at(name, request.force(), files)) {
      return toFile(session, request, file, selection, files);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  private static ExitStatus toFile(
      Session session,
      StreamRequest request,
      NewFile file,
      StreamSelection selection,
      List<String> files)
      throws UsageException, IOException {
    boolean whole = false;
    try {
      Session toFile = session.writingTo(file);
      ExitStatus status = each(toFile, request, selection, files, file);
      if (status.equals(ExitStatus.DONE)) {
        file.open();
      }
      toFile.output().close();
      whole = true;
      return status;
    } finally {
      if (!whole) {
        file.giveUp();
      }
    }
  }

  /**
   * Shows the streams of each capture.
   *
   * @param raw where raw bytes go
   */
  private static ExitStatus each(
      Session session,
      StreamRequest request,
      StreamSelection selection,
      List<String> files,
      OutputStream raw)
      throws UsageException {
    return new Captures(session)
        .each(
            files,
            selection.isMerged(),
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture)
                  throws IOException, UsageException {
                boolean records = request.form() == StreamRequest.Form.RECORDS;
                BitSet resolved =
                    records ? selection.resolve(capture) : selection.resolveOne(capture);
                NdjsonRecords ndjson = records ? new NdjsonRecords(session.output()) : null;
                StreamSink sink =
                    ndjson == null
                        ? sink(session, request, raw)
                        : new RecordedStreams(capture.name(), ndjson);
                StreamTraceSink traced = trace(request, selection, resolved, capture, sink);
                if (ndjson != null) {
                  ndjson.flush();
                }
                return checked(session, selection, capture, traced, records);
              }
            });
  }

  private static StreamSink sink(Session session, StreamRequest request, OutputStream raw) {
    if (request.form() == StreamRequest.Form.RAW) {
      GapFiller filler = request.fillGaps() ? new GapFiller(session.messages()) : null;
      return new RawStreams(raw, session.messages(), filler);
    }
    return new StreamText(
        session.output(),
        session.layout(true),
        request.only(),
        request.form() == StreamRequest.Form.HEX,
        request.chunks());
  }

  private static ExitStatus folder(
      Session session,
      StreamRequest request,
      String name,
      StreamSelection selection,
      List<String> files)
      throws UsageException, IOException {
    GapFiller filler = request.fillGaps() ? new GapFiller(session.messages()) : null;
    StreamFolder folder = new StreamFolder(name, files.get(0), request.force(), filler);
    return new Captures(session)
        .each(
            files,
            selection.isMerged(),
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture)
                  throws IOException, UsageException {
                BitSet resolved = selection.resolve(capture);
                try (folder) {
                  StreamTraceSink traced = fill(request, selection, resolved, capture, folder);
                  session.messages().note(folder.summary());
                  return checked(session, selection, capture, traced, true);
                }
              }
            });
  }

  private static StreamTraceSink fill(
      StreamRequest request,
      StreamSelection selection,
      @Nullable BitSet resolved,
      NamedCapture capture,
      StreamFolder folder)
      throws IOException {
    boolean whole = false;
    try {
      StreamTraceSink traced = trace(request, selection, resolved, capture, folder);
      whole = true;
      return traced;
    } finally {
      if (!whole) {
        folder.giveUp();
      }
    }
  }

  private static StreamTraceSink trace(
      StreamRequest request,
      StreamSelection selection,
      @Nullable BitSet resolved,
      NamedCapture capture,
      StreamSink sink)
      throws IOException {
    StreamAssembler assembler =
        new StreamAssembler(request.policy(), request.only(), StreamBounds.DEFAULT, sink);
    StreamTraceSink traced = new StreamTraceSink(selection, resolved, assembler);
    capture.trace(traced, request.folder() == null);
    return traced;
  }

  /** Says so where nothing was selected: where one connection was asked for, that is an error. */
  private static @Nullable CaptureReport checked(
      Session session,
      StreamSelection selection,
      NamedCapture capture,
      StreamTraceSink traced,
      boolean mayBeNone)
      throws UsageException {
    CaptureReport report = traced.capture();
    if (traced.connections() == 0 && !mayBeNone && report != null && report.connections() > 0) {
      throw StreamSelection.nothing(capture.name(), report.connections());
    }
    session.noteIfNothing(capture.name(), traced.connections(), selection.asked(), report);
    return report;
  }
}
