package dev.conntrace.chronicle;

import dev.conntrace.trace.CongestionPhase.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How one sender's flight develops, a round trip at a time (RFC 2861 counts them so): each lasts
 * from a segment until the sender hears that it arrived, and what counts is the most that was on
 * its way in it.
 *
 * <p>Round trips that develop alike make a phase; a single one that differs does not end it.
 */
final class FlightWatch {
  /** Slow start doubles, and grows by half where every second segment is acknowledged. */
  private static final double SLOW_START_GROWTH = 1.4;

  /** Who sends this part of what it could has no more to send. */
  private static final double IDLE_PART = 0.75;

  /** Less growth than this over a whole phase is none. */
  private static final double LEAST_GROWTH = 1.03;

  private static final int ROUNDS_TO_CHANGE = 2;
  private static final int LEAST_SEGMENTS_GROWN = 2;

  private PhaseLog log = PhaseLog.NONE;
  private final Span round = new Span();
  private final Span phase = new Span();
  private Span other = Span.NONE;
  private @Nullable Kind kind;
  private @Nullable Kind otherKind;
  private boolean apart;
  private long roundEnd;
  private long before;
  private long ability;
  private boolean mayDouble = true;
  private boolean afterTimeout;
  private boolean atEdge;
  private boolean paused;
  private long maxFlight;
  private long rounds;

  /**
   * New data is sent.
   *
   * @param end the position after it
   * @param heard up to where the sender knows its data to have arrived
   * @param flight what is on its way then
   * @param segmentBytes the payload of a full segment
   */
  void send(long frame, long nanos, long end, long heard, long flight, long segmentBytes) {
    maxFlight = Math.max(maxFlight, flight);
    boolean newRound = round.isEmpty() || heard >= roundEnd;
    if (newRound) {
      rounds++;
      if (!apart) {
        finishRound(segmentBytes);
      }
      round.begin(frame, nanos, flight);
      roundEnd = end;
      atEdge = false;
      paused = false;
    } else {
      round.extend(frame, nanos, flight);
    }
    if (apart) {
      phase.extend(frame, nanos, flight);
      phase.rounds += newRound ? 1 : 0;
    }
  }

  /** What is sent now leaves no room in the receiver's window. */
  void reachEdge() {
    atEdge = true;
  }

  /** The sender had nothing on its way, and let time pass before it sent more. */
  void pause() {
    paused = true;
  }

  /** Something other than growth determines the flight from here on: a repair, a reduction. */
  void beginApart(Kind how, long frame, long nanos, long flight, long segmentBytes) {
    close(segmentBytes);
    kind = how;
    apart = true;
    phase.begin(frame, nanos, flight);
  }

  /**
   * That is over.
   *
   * @param doubles whether the flight may double again from here on
   * @param timeout whether it was a timeout that made it small
   */
  void endApart(long frame, long nanos, long flight, boolean doubles, boolean timeout) {
    phase.extend(frame, nanos, 0);
    phase.endFlight = flight;
    if (kind != null) {
      ownLog().add(kind, phase);
    }
    forget();
    before = 0;
    ability = 0;
    mayDouble = doubles;
    afterTimeout = timeout;
  }

  boolean isApart() {
    return apart;
  }

  @Nullable Kind kind() {
    return kind;
  }

  private void forget() {
    kind = null;
    otherKind = null;
    apart = false;
    phase.clear();
    other = Span.NONE;
    round.clear();
  }

  private void finishRound(long segmentBytes) {
    if (round.isEmpty()) {
      return;
    }
    Kind now = judge(round.maxFlight, segmentBytes);
    before = round.maxFlight;
    ability = Math.max(ability, before);
    if (now == null || kind == null || now == kind) {
      kind = now == null ? kind : now;
      takeOther();
      phase.add(round);
      return;
    }
    if (now != otherKind) {
      takeOther();
    }
    otherKind = now;
    if (other == Span.NONE) {
      other = new Span();
    }
    other.add(round);
    if (other.rounds >= ROUNDS_TO_CHANGE) {
      change(segmentBytes);
    }
  }

  /** A round or two that developed otherwise were an exception. */
  private void takeOther() {
    if (!other.isEmpty()) {
      phase.add(other);
      other.clear();
    }
    otherKind = null;
  }

  private void change(long segmentBytes) {
    log(segmentBytes);
    phase.clear();
    phase.add(other);
    phase.startFlight = other.startFlight;
    phase.endFlight = other.endFlight;
    kind = otherKind;
    other.clear();
    otherKind = null;
    mayDouble &= kind != Kind.AVOIDANCE;
  }

  /** Returns how the flight develops; null where there is nothing to compare it with. */
  private @Nullable Kind judge(long flight, long segmentBytes) {
    if (before == 0) {
      return null;
    }
    boolean doubled =
        flight >= SLOW_START_GROWTH * before
            && flight - before >= LEAST_SEGMENTS_GROWN * segmentBytes;
    if (mayDouble && doubled) {
      return afterTimeout ? Kind.AFTER_TIMEOUT : Kind.SLOW_START;
    }
    if (atEdge) {
      return Kind.WINDOW_LIMITED;
    }
    if (paused || flight <= IDLE_PART * ability) {
      return Kind.APPLICATION_LIMITED;
    }
    return Kind.AVOIDANCE;
  }

  /** Ends the present phase; of the last round, which was cut short, only growth counts. */
  private void close(long segmentBytes) {
    if (apart) {
      // Without data behind it no reduction has shown.
      if (kind == Kind.RECOVERY) {
        ownLog().add(kind, phase);
      }
      forget();
      return;
    }
    if (!round.isEmpty()) {
      Kind last = judge(round.maxFlight, segmentBytes);
      boolean grew = last == Kind.SLOW_START || last == Kind.AFTER_TIMEOUT;
      if (grew && (kind == null || kind == last)) {
        finishRound(segmentBytes);
      }
      takeOther();
      phase.endFrame = round.endFrame;
      phase.endNanos = round.endNanos;
    }
    log(segmentBytes);
    forget();
  }

  private void log(long segmentBytes) {
    if (kind == null || phase.isEmpty()) {
      return;
    }
    boolean grew =
        phase.endFlight - phase.startFlight >= segmentBytes
            && phase.endFlight >= LEAST_GROWTH * phase.startFlight;
    ownLog().add(kind == Kind.AVOIDANCE && !grew ? Kind.STEADY : kind, phase);
  }

  private PhaseLog ownLog() {
    if (log == PhaseLog.NONE) {
      log = new PhaseLog();
    }
    return log;
  }

  /** Ends the last phase: nothing more is to come. */
  PhaseLog finish(long segmentBytes) {
    close(segmentBytes);
    return log;
  }

  long maxFlight() {
    return maxFlight;
  }

  long rounds() {
    return rounds;
  }
}
