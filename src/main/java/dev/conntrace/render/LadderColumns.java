package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentFacts;

/**
 * Where a ladder's parts stand.
 *
 * <pre>
 *  mark frame  time      since    lifeline       lifeline  words
 *  !    12     0.212345  +212 ms  |-- PSH,ACK -->|         retransmission of ...
 * </pre>
 *
 * Where there is no room beside the lifelines the words stand between them, below the arrow, and
 * the time since the line before stands below the time.
 */
final class LadderColumns {
  private static final int GAP = TimelineColumns.GAP;
  private static final int MARK = 2;
  private static final int SINCE = 8;

  /** Room for {@code PSH,ACK 100001-101448 (1448) ack 100001 win 1048576}. */
  private static final int INNER = 54;

  private static final int MOST_INNER = 68;
  private static final int LEAST_FOR_WORDS = 40;

  private final int frame;
  private final int time;
  private final int since;
  private final int inner;
  private final int limit;
  private final boolean wide;

  LadderColumns(Layout layout, ConnectionReport report, ClockText clock) {
    limit = layout.width();
    frame = MARK + Long.toString(report.lastFrame()).length();
    boolean timed = report.startNanos() != SegmentFacts.NO_TIMESTAMP;
    time = timed ? Math.max(SINCE, clock.width(report.endNanos())) : 0;
    since = timed && layout.time() != TimeMode.DELTA ? SINCE : 0;
    int wideStart = frame + GAP + behind(time) + behind(since);
    wide = limit - (wideStart + INNER + 2 + GAP) >= LEAST_FOR_WORDS;
    int room = limit - (frame + GAP + behind(time)) - 2;
    inner = wide ? INNER : Math.max(1, Math.min(room, MOST_INNER));
  }

  /** Returns whether the words stand beside the lifelines. */
  boolean wide() {
    return wide;
  }

  int frame() {
    return frame;
  }

  int time() {
    return time;
  }

  /** Returns the columns for the time since the line before; 0 where it is not shown. */
  int since() {
    return since;
  }

  /** Returns the column of the client's lifeline. */
  int left() {
    return frame + GAP + behind(time) + (wide ? behind(since) : 0);
  }

  /** Returns the columns between the lifelines. */
  int inner() {
    return inner;
  }

  /** Returns the column at which words beside the lifelines begin. */
  int words() {
    return left() + 1 + inner + 1 + GAP;
  }

  /** Returns the columns that words have, beside or between the lifelines. */
  int wordsWidth() {
    return wide ? limit - words() : Math.max(1, inner - 2);
  }

  private static int behind(int columns) {
    return columns == 0 ? 0 : columns + GAP;
  }
}
