package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.RetransmissionTimer;
import dev.conntrace.trace.RetransmissionTimer.Timeout;
import dev.conntrace.trace.RoundTrips;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.Side;
import java.io.IOException;

/** Round-trip times by how they were measured. In words. */
final class RoundTripWords {
  private static final int MOST_TIMEOUTS = 3;
  private static final int ENOUGH_FOR_PERCENTILES = 20;

  private RoundTripWords() {}

  /** Prints an entry for each side that sent data; the handshake has been told of before. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    String label = "round trip";
    for (Side side : Side.values()) {
      RoundTrips trips = report.history().roundTrips().from(side);
      if (trips.hasData()) {
        entries.print(label, of(side, trips));
        label = "";
      }
    }
  }

  private static Prose of(Side side, RoundTrips trips) {
    Prose prose = new Prose();
    prose.add("the ").add(Arrow.colour(side.opposite()), side.opposite().id());
    prose.add(" acknowledges ").add(measured(trips));
    RetransmissionTimer timer = trips.timer();
    if (timer != null && timer.smoothedNanos() > 0) {
      prose.add("; by these times the " + side.id() + "'s timer should take about ");
      prose.add(Durations.text(timer.timeoutNanos()) + " in the end");
    }
    if (timer != null && timer.fired() > 0) {
      prose.add(Meaning.WARNING, "; it fired " + Counted.of(timer.fired(), "time"));
      prose.add(timeouts(timer));
    }
    return prose;
  }

  private static String measured(RoundTrips trips) {
    StringBuilder text = new StringBuilder();
    RttStatistics data = trips.data();
    if (data.samples() > 0) {
      text.append("after ").append(Durations.text(data.medianNanos()));
      addSpread(text, data);
    }
    if (trips.delayedAcks().samples() > 0) {
      then(text).append(Counted.of(trips.delayedAcks().samples(), "time"));
      text.append(" on purpose late, after ");
      text.append(Durations.text(trips.delayedAcks().medianNanos()));
    }
    boolean disputed = trips.unmeasured() > 0 || text.length() == 0;
    if (disputed && trips.timestamps().samples() > 0) {
      then(text).append("by timestamps after ");
      text.append(Durations.text(trips.timestamps().medianNanos())).append(" at most");
    }
    if (trips.unmeasured() > 0) {
      then(text).append(Counted.of(trips.unmeasured(), "time"));
      text.append(" too late to tell, behind a hole or a repetition");
    }
    return text.length() == 0 ? "nothing that can be measured" : text.toString();
  }

  private static void addSpread(StringBuilder text, RttStatistics data) {
    if (data.samples() < 2) {
      return;
    }
    boolean many = data.samples() >= ENOUGH_FOR_PERCENTILES;
    text.append(" (median of ").append(data.samples());
    text.append(many ? "; 95 % within " : "; at most ");
    text.append(Durations.text(many ? data.p95Nanos() : data.maxNanos())).append(')');
  }

  private static StringBuilder then(StringBuilder text) {
    return text.append(text.length() == 0 ? "" : "; ");
  }

  private static String timeouts(RetransmissionTimer timer) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(MOST_TIMEOUTS, timer.timeouts().size()); i++) {
      Timeout timeout = timer.timeouts().get(i);
      text.append(i == 0 ? ": in frame " : ", in frame ").append(timeout.frame());
      text.append(" after ").append(Durations.text(timeout.waitedNanos()));
      text.append(" from its last beginning (by the times until then, ");
      text.append(Durations.text(timeout.expectedNanos())).append(" were to be expected)");
    }
    return text.toString();
  }
}
