package dev.conntrace.chronicle;

import dev.conntrace.trace.CongestionPhase;
import dev.conntrace.trace.CongestionPhase.Kind;
import dev.conntrace.trace.SegmentFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The phases of one sender: plain numbers, a row for each of the first ones. */
final class PhaseLog {
  /** Of a sender with no phase that is over; never changed. */
  static final PhaseLog NONE = new PhaseLog();

  private static final int MOST_LISTED = 128;

  private static final int KIND = 0;
  private static final int START_FRAME = 1;
  private static final int START_NANOS = 2;
  private static final int END_FRAME = 3;
  private static final int END_NANOS = 4;
  private static final int START_FLIGHT = 5;
  private static final int END_FLIGHT = 6;
  private static final int MAX_FLIGHT = 7;
  private static final int ROUNDS = 8;

  private static final int NUMBERS = 9;
  private static final Kind[] KINDS = Kind.values();
  private static final long[] NOTHING = {};

  private long[] rows = NOTHING;
  private int listed;
  private long leftOut;

  /** Adds a phase that is over. */
  void add(Kind kind, Span span) {
    if (listed == MOST_LISTED) {
      leftOut++;
      return;
    }
    if ((listed + 1) * NUMBERS > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(NUMBERS, 2 * rows.length));
    }
    int at = listed++ * NUMBERS;
    rows[at + KIND] = kind.ordinal();
    rows[at + START_FRAME] = span.startFrame;
    rows[at + START_NANOS] = span.startNanos;
    rows[at + END_FRAME] = span.endFrame;
    rows[at + END_NANOS] = span.endNanos;
    rows[at + START_FLIGHT] = span.startFlight;
    rows[at + END_FLIGHT] = span.endFlight;
    rows[at + MAX_FLIGHT] = span.maxFlight;
    rows[at + ROUNDS] = span.rounds;
  }

  long leftOut() {
    return leftOut;
  }

  List<CongestionPhase> report(long segmentBytes, boolean timed) {
    List<CongestionPhase> phases = new ArrayList<>(listed);
    for (int row = 0; row < listed; row++) {
      int at = row * NUMBERS;
      phases.add(
          new CongestionPhase(
              KINDS[(int) rows[at + KIND]],
              rows[at + START_FRAME],
              timed ? rows[at + START_NANOS] : SegmentFacts.NO_TIMESTAMP,
              rows[at + END_FRAME],
              timed ? rows[at + END_NANOS] : SegmentFacts.NO_TIMESTAMP,
              InFlight.flight(rows[at + START_FLIGHT], segmentBytes),
              InFlight.flight(rows[at + END_FLIGHT], segmentBytes),
              InFlight.flight(rows[at + MAX_FLIGHT], segmentBytes),
              rows[at + ROUNDS]));
    }
    return phases;
  }
}
