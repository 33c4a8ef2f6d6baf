package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.Flight;
import dev.conntrace.trace.RecoveryEpisode;
import dev.conntrace.trace.RecoveryEpisode.End;
import dev.conntrace.trace.RecoveryReport.Repairs;
import dev.conntrace.trace.Side;
import java.io.IOException;
import java.util.List;

/** How losses were repaired: from the first segment sent again to the recovery point. In words. */
final class RecoveryWords {
  /** Of more repairs than this a reader wants no list. */
  private static final int MOST_TOLD = 6;

  private RecoveryWords() {}

  /** Prints an entry for each thing to tell; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    for (Side side : Side.values()) {
      Repairs repairs = report.history().recoveries().of(side);
      List<RecoveryEpisode> list = repairs.list();
      for (int i = 0; i < Math.min(list.size(), MOST_TOLD); i++) {
        entries.print("repair " + list.get(i).number(), repair(side, list.get(i)));
      }
      if (repairs.count() > MOST_TOLD) {
        entries.print("repairs", total(side, repairs));
      }
    }
  }

  private static Prose repair(Side side, RecoveryEpisode repair) {
    Prose prose = new Prose().add(Arrow.colour(side), side.id());
    prose.add(Meaning.FRAME, ", " + frames(repair));
    prose.add(repair.isTimed() ? ", " + Durations.text(repair.durationNanos()) : "");
    prose.add(": " + repair.trigger().words() + "; ");
    prose.add(flight(repair.resends()) + " sent again");
    prose.add(counted(repair.timeouts(), "timeout"));
    prose.add(counted(repair.partialAcks(), "partial ACK"));
    if (repair.isNeedless()) {
      prose.add("; ").add(Meaning.WARNING, "needless, all of it had reached the other side before");
    } else if (repair.spurious() > 0) {
      prose.add("; " + repair.spurious() + " of these had reached the other side before");
    }
    boolean over = repair.end() == End.ACKNOWLEDGED;
    if (repair.startFlight().bytes() > 0) {
      prose.add("; in flight " + flight(repair.startFlight()) + " before");
      prose.add(over ? ", " + flight(repair.endFlight()) + " after" : "");
    }
    return over ? prose : prose.add("; ").add(Meaning.WARNING, repair.end().words());
  }

  private static String frames(RecoveryEpisode repair) {
    return repair.lastFrame() == 0
        ? "from frame " + repair.firstFrame() + " on"
        : Counted.frames(repair.firstFrame(), repair.lastFrame());
  }

  private static String counted(long count, String thing) {
    return count == 0 ? "" : ", " + Counted.of(count, thing);
  }

  /** Returns {@code 3 segments (4344 bytes)}, {@code nothing}. */
  static String flight(Flight flight) {
    if (flight.segments() == 0) {
      return "nothing";
    }
    return Counted.of(flight.segments(), "segment")
        + (flight.bytes() == 0 ? "" : " (" + Counted.of(flight.bytes(), "byte") + ")");
  }

  private static Prose total(Side side, Repairs repairs) {
    Prose prose = new Prose().add(Arrow.colour(side), side.id());
    prose.add(" " + repairs.count() + " in all: ");
    prose.add(flight(new Flight(repairs.bytes(), repairs.segments())) + " sent again");
    prose.add(counted(repairs.timeouts(), "timeout"));
    return prose.add(repairs.needless() == 0 ? "" : ", " + repairs.needless() + " needless");
  }
}
