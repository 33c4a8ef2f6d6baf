package dev.conntrace.render;

import dev.conntrace.trace.CongestionPhase;
import dev.conntrace.trace.CongestionPhase.Kind;
import dev.conntrace.trace.CongestionReport.Sender;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Flight;
import dev.conntrace.trace.Side;
import java.io.IOException;
import java.util.List;

/** How much each side dared to have under way: initial window, slow start, avoidance. In words. */
final class CongestionWords {
  /** Ten segments (RFC 6928 2). */
  private static final long INITIAL_WINDOW = 10;

  /** The initial window of old (RFC 3390): a flight of tiny segments shows nothing either. */
  private static final long LEAST_BYTES = 4380;

  /** Of more phases than this a reader wants no list. */
  private static final int MOST_TOLD = 8;

  private CongestionWords() {}

  /** Prints an entry for each thing to tell; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    for (Side side : Side.values()) {
      Sender sender = report.history().congestion().of(side);
      if (sender != null && isTelling(sender)) {
        entries.print("congestion", sender(side, sender));
      }
    }
  }

  /** Who never had more under way than it may begin with shows nothing of congestion control. */
  private static boolean isTelling(Sender sender) {
    return !sender.phases().isEmpty()
        && sender.maxFlight().segments() > INITIAL_WINDOW
        && sender.maxFlight().bytes() > LEAST_BYTES;
  }

  private static boolean isForced(Kind kind) {
    return kind == Kind.RECOVERY || kind == Kind.ECN_REDUCTION;
  }

  private static Prose sender(Side side, Sender sender) {
    Prose prose = new Prose().add(Arrow.colour(side), side.id());
    prose.add(beginning(sender.initialWindow()));
    List<CongestionPhase> phases = sender.phases();
    for (int i = 0; i < Math.min(phases.size(), MOST_TOLD); i++) {
      prose.add("; ").add(phase(phases.get(i)));
    }
    long more = phases.size() + sender.leftOut() - MOST_TOLD;
    prose.add(more > 0 ? "; and " + Counted.of(more, "more phase") : "");
    prose.add("; in flight " + RecoveryWords.flight(sender.maxFlight()) + " at most");
    return prose.add(
        Meaning.DIM,
        switch (sender.basis()) {
          case SENDER -> "";
          case TIMESTAMPS -> " (worked out from the timestamps that it echoes)";
          case CAPTURE_POINT ->
              " (as seen from here, where acknowledgements are ahead of it: it may have been more)";
        });
  }

  private static String beginning(Flight window) {
    if (window.bytes() == 0) {
      return " as a sender";
    }
    return " began with "
        + RecoveryWords.flight(window)
        + (window.segments() == INITIAL_WINDOW
            ? ", as much as RFC 6928 allows"
            : window.segments() > INITIAL_WINDOW
                ? ", more than the " + INITIAL_WINDOW + " that RFC 6928 allows"
                : ", less than the " + INITIAL_WINDOW + " that RFC 6928 allows");
  }

  private static Prose phase(CongestionPhase phase) {
    Prose prose = new Prose().add(phase.kind().words());
    prose.add(flights(phase));
    if (!isForced(phase.kind())) {
      prose.add(" in " + Counted.of(phase.rounds(), "round trip"));
    }
    String frames = Counted.frames(phase.startFrame(), phase.endFrame());
    return prose.add(Meaning.FRAME, " (" + frames + ")");
  }

  private static String flights(CongestionPhase phase) {
    return switch (phase.kind()) {
      // Seen from afar it still grew until the sender heard of the marks.
      case ECN_REDUCTION ->
          " from " + phase.maxFlight().segments() + " to " + segments(phase.endFlight());
      // The repairs have entries of their own, which count what was captured.
      case RECOVERY -> "";
      case SLOW_START, AVOIDANCE, AFTER_TIMEOUT ->
          " from " + phase.startFlight().segments() + " to " + segments(phase.endFlight());
      case STEADY -> " at " + segments(phase.maxFlight());
      case APPLICATION_LIMITED, WINDOW_LIMITED -> ", " + segments(phase.maxFlight()) + " at most";
    };
  }

  private static String segments(Flight flight) {
    return Counted.of(flight.segments(), "segment");
  }
}
