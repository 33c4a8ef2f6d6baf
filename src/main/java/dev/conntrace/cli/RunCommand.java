package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.capture.live.LiveSource;
import dev.conntrace.capture.live.WantedTraffic;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code run}: what the connections of one command did. */
final class RunCommand implements Command {
  private static final String NAME = "run";

  @Override
  public void define(CommandSpec spec) {
    RunRequest.define(spec);
    LiveSettings.defineInterface(spec, "all of them; where that is not possible, loopback");
    LiveSettings.defineFilter(spec);
    LiveSettings.define(spec);
    KernelWatch.define(spec);
    SelectionOptions.define(spec, "Only connections with a segment that carries this annotation.");
    CommonOptions.define(spec);
  }

  @Override
  public List<String> description() {
    return List.of(
        "Runs a command and shows the connections that it and its children had, when it has ended."
            + " The command keeps standard input, output and error, and gets the signals that are"
            + " sent to run. Its exit status is that of run: 128 + n for signal n, 127 if there is"
            + " no such command, 126 if it cannot be run.",
        "Whose a connection is shows at its sockets (Linux). Where it was over too soon the owner"
            + " is unknown: it is shown all the same, and named so.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace run curl https://example.org/",
        "conntrace run -o trace.txt -w trace.pcapng make check",
        "conntrace run --live python3 client.py --verbose");
  }

  @Override
  public boolean captures() {
    return true;
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException, IOException {
    RunRequest request = RunRequest.of(words);
    Session out = request.session(session);
    PacketCopy copy = PacketCopy.of(words, request.selection(), true, out);
    LiveSource source;
    try {
      String device = LiveSettings.device(words, LiveCapture::all);
      source =
          LiveCapture.open(
              LiveSettings.options(words, device, WantedTraffic.ALL), LiveSettings.way(words));
    } catch (LiveException e) {
      return LiveCommand.failed(e, session.messages());
    }
    try (CaptureTarget target = copy == null ? null : copy.open();
        NewFile file = request.file();
        Spool everything = Spool.empty()) {
      KernelWatch kernel = KernelWatch.silently(words, out.messages());
      ExitStatus status = run(request, out, source, kernel, everything, copy, target);
      if (file != null) {
        file.open();
        out.output().close();
      }
      return status;
    }
  }

  private static ExitStatus run(
      RunRequest request,
      Session out,
      LiveSource source,
      KernelWatch kernel,
      Spool everything,
      @Nullable PacketCopy copy,
      @Nullable CaptureTarget target)
      throws UsageException, IOException {
    LiveInput input =
        new LiveInput(
            NAME, source, LiveRecording.into(everything, source.linkType()), out.output()::flush);
    input.watchSockets(kernel);
    RunSupervisor command;
    try {
      command = RunSupervisor.start(request.command(), input, request.waitNanos());
    } catch (IOException e) {
      input.close();
      out.messages().error(RunProcess.reason(request.command().get(0), e));
      return ExitStatus.ofCommand(RunProcess.status(e));
    }
    ExitStatus status;
    ExitStatus ofCommand;
    try {
      status = request.live() ? follow(out, input, command) : record(out, input);
    } finally {
      // Also where nothing more can be recorded: the command is not left alone.
      ofCommand = command.await();
    }
    if (!request.live() || copy != null) {
      try (RunPackets own = RunPackets.of(everything, command, source.linkType(), out)) {
        status = status.worst(show(request, out, command, kernel, own, copy, target));
      }
    }
    return request.ignoresStatus() ? status : ofCommand.worst(status);
  }

  private static ExitStatus show(
      RunRequest request,
      Session out,
      RunSupervisor command,
      KernelWatch kernel,
      RunPackets own,
      @Nullable PacketCopy copy,
      @Nullable CaptureTarget target)
      throws UsageException {
    Captures.Task task = task(request, out, command);
    if (own.isEmpty()) {
      out.messages().note("the command had no TCP connection");
      task = capture -> null;
    }
    NamedCapture capture = own.named(NAME, out);
    capture.seenBy(kernel.recorded());
    return new Captures(out)
        .taken(capture, copy == null || target == null ? task : copy.after(task, target));
  }

  private static ExitStatus record(Session session, LiveInput input) throws IOException {
    Packet packet = new Packet();
    try (input) {
      while (input.next(packet)) {
        // Recording it is all.
      }
      return ExitStatus.DONE;
    } catch (CaptureException e) {
      session.messages().error(String.valueOf(e.getMessage()));
      return ExitStatus.CAPTURE;
    }
  }

  private static ExitStatus follow(Session session, LiveInput input, RunSupervisor command)
      throws UsageException {
    return new Captures(session)
        .followed(input, capture -> RunLive.trace(session, capture, input, command));
  }

  private static Captures.Task task(RunRequest request, Session session, RunSupervisor command) {
    return new Captures.Task() {
      @Override
      public @Nullable CaptureReport run(NamedCapture capture) throws IOException, UsageException {
        return request.live()
            ? null
            : TimelineCommand.print(
                session,
                request.selection(),
                capture,
                new RunTimeline(capture.name(), session, request.unfold(), command));
      }
    };
  }
}
