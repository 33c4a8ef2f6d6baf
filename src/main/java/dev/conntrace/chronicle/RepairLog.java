package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.RecoveryEpisode.End;
import dev.conntrace.trace.RecoveryEpisode.Trigger;
import java.util.Arrays;

/** The repairs that one side made: plain numbers, a row for each of the first ones, and totals. */
final class RepairLog {
  /** Of more repairs than this only the totals are kept. */
  static final int MOST_LISTED = 256;

  static final int NUMBER = 0;
  static final int TRIGGER = 1;
  static final int FIRST_FRAME = 2;
  static final int START_NANOS = 3;
  static final int POINT = 4;
  static final int START_FLIGHT = 5;
  static final int SEGMENTS = 6;
  static final int BYTES = 7;
  static final int TIMEOUTS = 8;
  static final int PARTIAL_ACKS = 9;
  static final int SPURIOUS = 10;
  static final int LAST_RESEND = 11;
  static final int END = 12;
  static final int LAST_FRAME = 13;
  static final int END_NANOS = 14;
  static final int END_FLIGHT = 15;

  private static final int NUMBERS = 16;
  private static final long NOT_OVER = -1;

  /** The listed ones, and behind them the one that goes on; the last of very many has room, too. */
  private long[] rows = new long[NUMBERS];

  private int listed;

  /** Where the repair that goes on has its row, or the last one. */
  private int latest;

  private boolean open;
  private boolean needless;
  private long count;
  private long segments;
  private long bytes;
  private int timeouts;
  private int needlessUnlisted;

  boolean isOpen() {
    return open;
  }

  /** Returns the position whose acknowledgement ends the present repair. */
  long point() {
    return rows[latest + POINT];
  }

  /** Returns whether the timer has fired in the present or last repair. */
  boolean hadTimeout() {
    return rows[latest + TIMEOUTS] > 0;
  }

  /** Returns whether the last repair had nothing to repair, as far as was known when it ended. */
  boolean wasNeedless() {
    return needless;
  }

  /** Returns what was on its way when the last repair ended, in bytes. */
  long endFlightBytes() {
    return rows[latest + END_FLIGHT];
  }

  /** A segment is sent again, and no repair goes on: one begins. */
  void begin(long number, Trigger trigger, FlowSegment first) {
    latest = listed * NUMBERS;
    if (latest == rows.length) {
      rows = Arrays.copyOf(rows, Math.min(2 * listed, MOST_LISTED + 1) * NUMBERS);
    }
    Arrays.fill(rows, latest, latest + NUMBERS, 0);
    rows[latest + NUMBER] = number;
    rows[latest + TRIGGER] = trigger.ordinal();
    rows[latest + FIRST_FRAME] = first.frame();
    rows[latest + START_NANOS] = first.timeNanos();
    rows[latest + POINT] = first.sender().nxt();
    rows[latest + START_FLIGHT] = InFlight.bytes(first.sender());
    rows[latest + END] = NOT_OVER;
    open = true;
    count++;
  }

  void resend(FlowSegment segment, boolean byTimer, boolean spurious) {
    rows[latest + SEGMENTS]++;
    rows[latest + BYTES] += segment.length();
    rows[latest + TIMEOUTS] += byTimer ? 1 : 0;
    rows[latest + SPURIOUS] += spurious ? 1 : 0;
    rows[latest + LAST_RESEND] = segment.frame();
    segments++;
    bytes += segment.length();
    timeouts += byTimer ? 1 : 0;
  }

  void partialAck() {
    rows[latest + PARTIAL_ACKS]++;
  }

  /** The present repair is over. */
  void end(End how, FlowSegment last, long flightBytes) {
    rows[latest + END] = how.ordinal();
    rows[latest + LAST_FRAME] = last.frame();
    rows[latest + END_NANOS] = last.timeNanos();
    rows[latest + END_FLIGHT] = flightBytes;
    list();
  }

  /** The connection is reported with a repair going on, which nothing will end. */
  void endUnfinished(End how) {
    rows[latest + END] = how.ordinal();
    list();
  }

  private void list() {
    open = false;
    needless = rows[latest + SPURIOUS] >= rows[latest + SEGMENTS];
    if (listed == MOST_LISTED) {
      needlessUnlisted += needless ? 1 : 0;
    } else {
      listed++;
    }
  }

  /** Evidence has come that the receiver had the segment sent again in {@code frame}. */
  void unneeded(long frame) {
    if (open && frame >= rows[latest + FIRST_FRAME]) {
      rows[latest + SPURIOUS]++;
      return;
    }
    for (int row = listed - 1; row >= 0; row--) {
      int at = row * NUMBERS;
      if (rows[at + FIRST_FRAME] <= frame) {
        rows[at + SPURIOUS] += frame <= rows[at + LAST_RESEND] ? 1 : 0;
        return;
      }
    }
  }

  int listed() {
    return listed;
  }

  /** Returns one of the numbers of a listed repair. */
  long get(int row, int number) {
    return rows[row * NUMBERS + number];
  }

  long count() {
    return count;
  }

  long segments() {
    return segments;
  }

  long bytes() {
    return bytes;
  }

  long timeouts() {
    return timeouts;
  }

  /** Returns how many repairs had nothing to repair. */
  long needless() {
    long needless = needlessUnlisted;
    for (int row = 0; row < listed; row++) {
      needless += get(row, SPURIOUS) >= get(row, SEGMENTS) ? 1 : 0;
    }
    return needless;
  }
}
