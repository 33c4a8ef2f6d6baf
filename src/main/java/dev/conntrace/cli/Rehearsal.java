package dev.conntrace.cli;

import dev.conntrace.demo.Scenario;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Java loads what it needs when it needs it first, and that takes longer than a line may be late.
 * So what will be done with the packets to come is done once before, with a few recorded ones and
 * nobody watching.
 */
final class Rehearsal {
  /** What is done with a capture. */
  interface Play {
    @Nullable CaptureReport run(Session session, NamedCapture capture) throws IOException;
  }

  private Rehearsal() {}

  static void of(Session session, Play play) {
    Session unwatched = session.writingTo(OutputStream.nullOutputStream());
    try (InputStream recorded = Scenario.TUTORIAL.openRecording();
        Spool spool = Spool.of(recorded, Progress.NONE)) {
      play.run(unwatched, NamedCapture.kept("rehearsal", spool, unwatched));
    } catch (IOException e) {
      // Then the first lines are late.
    }
  }
}
