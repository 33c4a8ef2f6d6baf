package dev.conntrace.cli;

import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.capture.live.LiveOptions;
import dev.conntrace.capture.live.LiveSource;
import dev.conntrace.capture.live.WantedTraffic;
import dev.conntrace.demo.DemoException;
import dev.conntrace.demo.Scenario;
import dev.conntrace.demo.Stage;
import dev.conntrace.render.Strokes;
import dev.conntrace.render.View;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.NearestWords;
import dev.conntrace.select.SelectionException;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code demo}: plays a client and a server, and tells what they did. */
final class DemoCommand implements Command {
  private static final String PORT = "--port";

  /** How long after the last call the connections may take to their last segment. */
  private static final long SETTLE_NANOS = 300_000_000;

  @Override
  public void define(CommandSpec spec) {
    spec.addOption(OptionSpecs.value("PORT", "The server's port (default 6573).", PORT).build());
    LiveSettings.define(spec);
    KernelWatch.define(spec);
    CommonOptions.define(spec);
    spec.addPositional(
        OptionSpecs.words("0..1", "SCENARIO", "What to show; without it, the tutorial.")
            .completionCandidates(scenarios())
            .build());
  }

  private static List<String> scenarios() {
    List<String> ids = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      ids.add(scenario.id());
    }
    return ids;
  }

  @Override
  public List<String> description() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "Plays a client and a server on 127.0.0.1, captures what they say, and explains it line by"
            + " line. The scenarios:");
    for (Scenario scenario : Scenario.values()) {
      paragraphs.add(scenario.id() + ": " + scenario.title() + ".");
    }
    return paragraphs;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace demo", "conntrace demo half-close", "conntrace demo --port 7000 nagle");
  }

  @Override
  public boolean captures() {
    return true;
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    Scenario scenario = scenario(OptionSpecs.wordsOf(words));
    int port =
        words.hasMatchedOption(PORT)
            ? LiveSettings.port(PORT, OptionSpecs.valueOf(words, PORT, ""))
            : Stage.USUAL_PORT;
    LiveSource source;
    WantedTraffic wanted = new WantedTraffic(List.of(port), List.of());
    try {
      LiveOptions options = LiveSettings.options(words, LiveCapture.loopback(), wanted);
      source = LiveCapture.open(options, LiveSettings.way(words));
    } catch (LiveException e) {
      session.messages().error(String.valueOf(e.getMessage()));
      say(session, introduction(scenario));
      return DemoRecording.show(session, scenario);
    }
    say(session, introduction(scenario));
    LiveInput input = new LiveInput("demo " + scenario.id(), source, null, session.output()::flush);
    input.bePatient();
    input.watchSockets(KernelWatch.open(words, wanted, session.messages()));
    Interruption.stops(input::stop);
    FutureTask<Boolean> actors =
        new FutureTask<>(() -> play(scenario, port, input, session.messages()));
    Thread thread = new Thread(actors, "actors");
    thread.setDaemon(true);
    thread.start();
    ExitStatus status =
        new Captures(session).followed(input, capture -> tell(session, scenario, capture));
    if (!isBroken(actors)) {
      return status;
    }
    return status.worst(
        scenario == Scenario.SIMULTANEOUS_CLOSE
            ? DemoRecording.show(session, scenario)
            : ExitStatus.NOT_PERMITTED);
  }

  /** Returns whether it could not be played; Ctrl-C ends it, but breaks nothing. */
  private static boolean isBroken(FutureTask<Boolean> actors) {
    try {
      return actors.isDone() && !actors.get();
    } catch (InterruptedException | ExecutionException e) {
      return true;
    }
  }

  private static Scenario scenario(List<String> words) throws UsageException {
    if (words.isEmpty()) {
      return Scenario.TUTORIAL;
    }
    Scenario scenario = Scenario.ofId(words.get(0));
    if (scenario == null) {
      throw new UsageException(
          "there is no demo '"
              + words.get(0)
              + "'"
              + NearestWords.question(words.get(0), scenarios())
              + "; there are "
              + String.join(", ", scenarios()));
    }
    return scenario;
  }

  private static String introduction(Scenario scenario) {
    return "Demo "
        + scenario.id()
        + ": "
        + scenario.title()
        + ".\nWhat to see: "
        + scenario.lesson()
        + ".\n";
  }

  /** Prints what is for people only. */
  static void say(Session session, String text) {
    if (!session.options().isNdjson()) {
      session.output().write(text);
    }
  }

  /** Returns whether it was played to its end. */
  private static boolean play(Scenario scenario, int port, LiveInput input, Messages messages) {
    try {
      scenario.play(new Stage(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (DemoException e) {
      messages.error(String.valueOf(e.getMessage()));
      return false;
    } finally {
      input.endWhenIdle(SETTLE_NANOS);
    }
  }

  private static @Nullable CaptureReport tell(
      Session session, Scenario scenario, NamedCapture capture) throws IOException, UsageException {
    return TimelineCommand.follow(session, wanted(scenario), capture, printer(session, capture));
  }

  /** What takes several tries is shown where it has come about. */
  private static ConnectionSelection wanted(Scenario scenario) {
    if (scenario != Scenario.SIMULTANEOUS_CLOSE) {
      return ConnectionSelection.all();
    }
    try {
      return new ConnectionSelection(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(AnnotationKind.SIMULTANEOUS_CLOSE.id()));
    } catch (SelectionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what prints timelines for a demo. */
  static TimelinePrinter printer(Session session, NamedCapture capture) {
    return session.options().isNdjson()
        ? new NdjsonTimeline(capture.name(), session)
        : new TextTimeline(
            capture.name(), session.output(), session.layout(false), View.ROWS, Strokes.ASCII);
  }
}
