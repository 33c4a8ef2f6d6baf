package dev.conntrace.cli;

import dev.conntrace.demo.Scenario;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What {@code demo} shows where nothing can be captured: the sample of the same scenario. */
final class DemoRecording {
  private DemoRecording() {}

  /** Prints the timelines of the sample, marked as recorded. */
  static ExitStatus show(Session session, Scenario scenario) throws UsageException {
    DemoCommand.say(
        session,
        "RECORDED, not captured now: sample-captures/"
            + scenario.recording()
            + ", where the same was played before. Times, ports and sizes are those of"
            + " the recording.\n\n");
    Spool spool;
    try (InputStream sample = scenario.openRecording()) {
      spool = Spool.of(sample, Progress.NONE);
    } catch (IOException e) {
      session.messages().error(String.valueOf(e.getMessage()));
      return ExitStatus.FAULT;
    }
    return new Captures(session)
        .taken(
            NamedCapture.kept("recorded " + scenario.recording(), spool, session),
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture)
                  throws IOException, UsageException {
                return TimelineCommand.print(
                    session,
                    ConnectionSelection.all(),
                    capture,
                    DemoCommand.printer(session, capture));
              }
            });
  }
}
