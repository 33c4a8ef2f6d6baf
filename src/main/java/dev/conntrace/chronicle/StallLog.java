package dev.conntrace.chronicle;

import dev.conntrace.trace.Side;
import dev.conntrace.trace.Stall;
import dev.conntrace.trace.StallReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The stalls of one connection: all counted, of very many only the longest listed. */
final class StallLog {
  private static final int MOST_LISTED = 100;
  private static final int SIDES = Side.values().length;

  private StallEntry[] listed = new StallEntry[2];
  private int count;
  private long leftOut;
  private long leftOutNanos;
  private final long[] shownCount = new long[SIDES];
  private final long[] shownNanos = new long[SIDES];

  /** Takes in a stall that is over; returns an entry that may be refilled for the next. */
  StallEntry add(StallEntry stall) {
    if (stall.shown) {
      shownCount[stall.side.ordinal()]++;
      shownNanos[stall.side.ordinal()] += stall.waitedNanos;
    }
    if (count < MOST_LISTED) {
      if (count == listed.length) {
        listed = Arrays.copyOf(listed, Math.min(2 * count, MOST_LISTED));
      }
      listed[count++] = stall;
      return new StallEntry();
    }
    StallEntry least = leaveOut(stall);
    leftOut++;
    leftOutNanos += least.waitedNanos;
    return least;
  }

  /** Returns the shortest of all, in whose place {@code stall} stands if it is longer. */
  private StallEntry leaveOut(StallEntry stall) {
    int shortest = 0;
    for (int i = 1; i < count; i++) {
      if (listed[i].waitedNanos < listed[shortest].waitedNanos) {
        shortest = i;
      }
    }
    StallEntry least = listed[shortest];
    if (least.waitedNanos >= stall.waitedNanos) {
      return stall;
    }
    listed[shortest] = stall;
    return least;
  }

  StallReport report(boolean timed) {
    List<Stall> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(listed[i].report(timed));
    }
    list.sort(Comparator.comparingLong(Stall::startFrame));
    return new StallReport(
        total(Side.CLIENT, timed),
        total(Side.SERVER, timed),
        List.copyOf(list),
        leftOut,
        timed ? leftOutNanos : 0);
  }

  private StallReport.Total total(Side side, boolean timed) {
    return new StallReport.Total(
        shownCount[side.ordinal()], timed ? shownNanos[side.ordinal()] : 0);
  }
}
