package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TimeWait;
import dev.conntrace.trace.TimeWait.TakeOver;
import java.io.IOException;

/**
 * Prints how both sides stand when the last segment is through: who waits, for what, and until
 * when.
 */
final class ConnectionEnd {
  private final Labelled entries;

  ConnectionEnd(Labelled entries) {
    this.entries = entries;
  }

  void print(ConnectionReport report, ClockText clock, boolean explain) throws IOException {
    history(report, clock);
    entries.print("in the end", states(report));
    TimeWait wait = report.timeWait();
    if (wait != null) {
      entries.print("waiting", waiting(wait, clock));
      if (explain) {
        entries.print("", new Prose().add(Meaning.DIM, Lesson.TIME_WAIT.words()));
      }
    }
  }

  /** Prints what took longer than one segment, as far as there was any. */
  private void history(ConnectionReport report, ClockText clock) throws IOException {
    RecoveryWords.print(entries, report, clock);
    StallWords.print(entries, report, clock);
    CongestionWords.print(entries, report, clock);
    RoundTripWords.print(entries, report, clock);
    BufferWords.print(entries, report, clock);
  }

  private static Prose states(ConnectionReport report) {
    TcpState client = report.clientState();
    TcpState server = report.serverState();
    Prose prose = new Prose();
    if (client == server) {
      return addState(prose.add("both "), client);
    }
    addState(prose.add(Arrow.colour(Side.CLIENT), "client").add(" "), client);
    prose.add("; ");
    return addState(prose.add(Arrow.colour(Side.SERVER), "server").add(" "), server);
  }

  /** TIME_WAIT needs no words here: an entry of its own tells of it. */
  private static Prose addState(Prose prose, TcpState state) {
    prose.add(Meaning.STATE, state.name());
    return state == TcpState.TIME_WAIT ? prose : prose.add(" (" + state.meaning() + ")");
  }

  private static Prose waiting(TimeWait wait, ClockText clock) {
    return wait.takeOver() == null ? untilItIsOver(wait, clock) : untilTaken(wait, wait.takeOver());
  }

  private static Prose untilTaken(TimeWait wait, TakeOver next) {
    Prose prose = new Prose();
    prose.add(
        wait.owner() == Party.BOTH
            ? "both sides waited in TIME_WAIT"
            : "the " + wait.owner().id() + " waited in TIME_WAIT, because it closed first");
    prose.add(": ");
    if (wait.startNanos() != SegmentFacts.NO_TIMESTAMP
        && next.nanos() != SegmentFacts.NO_TIMESTAMP) {
      prose.add(Durations.text(Math.max(0, next.nanos() - wait.startNanos())) + " ");
    }
    prose.add("from frame " + wait.startFrame() + " until frame " + next.frame());
    return prose.add(
        ", with which connection " + next.connection() + " took the addresses and ports over");
  }

  private static Prose untilItIsOver(TimeWait wait, ClockText clock) {
    Prose prose = new Prose();
    prose.add(
        wait.owner() == Party.BOTH
            ? "both sides wait in TIME_WAIT"
            : "the " + wait.owner().id() + " waits in TIME_WAIT, because it closed first");
    if (wait.startNanos() != SegmentFacts.NO_TIMESTAMP
        && wait.expectedEndNanos() != SegmentFacts.NO_TIMESTAMP) {
      prose.add(
          ": " + Durations.text(wait.expectedEndNanos() - wait.startNanos()) + " from frame ");
      prose.add(wait.startFrame() + ", until " + clock.moment(wait.expectedEndNanos()));
    } else {
      prose.add(" from frame " + wait.startFrame() + " on");
    }
    if (wait.restarts() > 0) {
      prose.add("; a repeated FIN started it anew " + Counted.of(wait.restarts(), "time"));
    }
    return prose;
  }
}
