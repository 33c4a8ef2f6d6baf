package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.Stall;
import dev.conntrace.trace.StallEnd;
import dev.conntrace.trace.StallReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When a side could not send because the other's window was closed or full. In words. */
final class StallWords {
  private static final int MOST_TOLD = 6;
  private static final int PERCENT = 100;

  private final ConnectionReport report;
  private final boolean timed;

  private StallWords(ConnectionReport report) {
    this.report = report;
    timed = report.startNanos() != SegmentFacts.NO_TIMESTAMP;
  }

  /** Prints an entry for each side that was held up; nothing where none was. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    StallReport told = report.history().stalls();
    if (!told.isEmpty()) {
      new StallWords(report).print(entries, told);
    }
  }

  private void print(Labelled entries, StallReport told) throws IOException {
    Prose prose = new Prose();
    for (Side side : Side.values()) {
      addTotal(prose, side, told.from(side));
    }
    addUncounted(prose, told.list());
    List<Stall> longest = longest(told.list());
    for (Stall stall : longest) {
      prose.newLine().add(sentence(stall));
    }
    long more = told.list().size() - longest.size() + told.leftOut();
    if (more > 0) {
      prose.newLine().add("and " + more + " shorter " + (more == 1 ? "one" : "ones"));
    }
    entries.print("stalls", prose);
  }

  private void addTotal(Prose prose, Side side, StallReport.Total total) {
    if (total.count() == 0) {
      return;
    }
    prose.newLine().add("the ").add(Arrow.colour(side), side.id()).add(" could not send ");
    prose.add(Counted.of(total.count(), "time"));
    if (timed && report.durationNanos() > 0) {
      prose.add(", for " + Durations.text(total.nanos()) + " together, ");
      prose.add(percent(total.nanos()) + " of the connection's time");
    }
  }

  /** A closed window that held nothing up, as far as it shows, is listed and not counted. */
  private static void addUncounted(Prose prose, List<Stall> list) {
    long unshown = list.stream().filter(stall -> !stall.shown()).count();
    if (unshown > 0) {
      prose.newLine().add(Counted.of(unshown, "time") + (unshown == list.size() ? "" : " more"));
      prose.add(" a window was closed, but nothing shows that anything waited; not counted above");
    }
  }

  private String percent(long nanos) {
    long percent = Math.round((double) nanos * PERCENT / report.durationNanos());
    return percent == 0 ? "less than 1 %" : percent + " %";
  }

  private static List<Stall> longest(List<Stall> list) {
    List<Stall> longest = new ArrayList<>(list);
    longest.sort(Comparator.comparingLong(Stall::durationNanos).reversed());
    longest = longest.subList(0, Math.min(MOST_TOLD, longest.size()));
    longest.sort(Comparator.comparingLong(Stall::startFrame));
    return longest;
  }

  private String sentence(Stall stall) {
    StringBuilder text = new StringBuilder(160);
    text.append(stall.endFrame() == 0 ? "from frame " + stall.startFrame() + " on" : frames(stall));
    if (timed) {
      text.append(" (").append(Durations.text(stall.durationNanos())).append(')');
    }
    text.append(": ").append(cause(stall));
    if (stall.probes() > 0) {
      text.append("; the ").append(stall.side().id()).append(" asked ");
      text.append(Counted.of(stall.probes(), "time"));
    }
    return text.append("; ").append(end(stall)).toString();
  }

  private static String frames(Stall stall) {
    return Counted.frames(stall.startFrame(), Math.max(stall.endFrame(), stall.resumedFrame()));
  }

  private static String cause(Stall stall) {
    String receiver = stall.side().opposite().id();
    return switch (stall.cause()) {
      case ZERO_WINDOW ->
          "the " + receiver + "'s buffer was full" + since(stall) + ", its program did not read";
      case SMALL_WINDOW ->
          "the "
              + receiver
              + " had room for less than a segment"
              + since(stall)
              + ", its program read too little";
      case WINDOW_FULL ->
          "all that the "
              + receiver
              + " allowed was under way"
              + (stall.fills() > 1 ? ", " + stall.fills() + " times in a row" : "")
              + ": its buffer is too small for this path, or its program slow to read";
    };
  }

  private static String since(Stall stall) {
    boolean later = stall.closedFrame() > stall.startFrame();
    return later ? " from frame " + stall.closedFrame() + " on" : "";
  }

  private static String end(Stall stall) {
    String frame = "frame " + stall.endFrame();
    String waiting =
        stall.shown()
            ? burst(stall)
            : ", but nothing shows that the " + stall.side().id() + " had anything to send";
    return switch (stall.endedBy()) {
      case WINDOW_UPDATE ->
          (stall.endFrame() < stall.startFrame()
                  ? "the room of " + frame + ", captured earlier, reached it only then"
                  : frame + " made room")
              + waiting;
      case PROBE_ANSWER ->
          frame
              + " made room, and only because it was asked: an update was lost or not sent"
              + waiting;
      case RESET -> "the reset of " + frame + " ended it";
      case CLOSE -> "the connection ended with it";
      case CAPTURE_END -> "it still lasted when the capture ended" + (stall.shown() ? "" : waiting);
    };
  }

  private static String burst(Stall stall) {
    return stall.endedBy() == StallEnd.CAPTURE_END || stall.waitingBytes() == 0
        ? ""
        : ", and " + Counted.of(stall.waitingBytes(), "byte") + " or more had waited for it";
  }
}
