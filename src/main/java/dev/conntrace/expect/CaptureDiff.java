package dev.conntrace.expect;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Side;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares two captures by what they mean: initial sequence numbers, ports that systems choose,
 * addresses, clocks and identifications do not matter; what TCP did does.
 */
public final class CaptureDiff {
  /** How much of each capture is kept for a comparison. */
  public static final TraceBounds BOUNDS = new TraceBounds(100_000, 200_000, 16 << 10, 64 << 20);

  private CaptureDiff() {}

  /**
   * Compares two captures that have been recorded within {@link #BOUNDS}, or at least with payload.
   *
   * @param first what is taken for granted: the golden capture
   * @param second what is held against it
   */
  public static DiffResult between(Trace first, Trace second, DiffOptions options) {
    DiffNotes notes = new DiffNotes(options);
    List<DiffConnection> ofFirst = DiffConnection.allOf(first);
    List<DiffConnection> ofSecond = DiffConnection.allOf(second);
    List<DiffMatching.Pair> pairs = DiffMatching.pairs(ofFirst, ofSecond);
    Set<DiffConnection> paired = new HashSet<>();
    boolean isComplete = first.limits().isEmpty() && second.limits().isEmpty();
    for (DiffMatching.Pair pair : pairs) {
      paired.add(pair.first());
      paired.add(pair.second());
      compare(notes.of(pair));
    }
    for (DiffConnection connection : ofFirst) {
      if (!paired.contains(connection)) {
        notes.add(only(options.first(), connection, true));
      }
    }
    for (DiffConnection connection : ofSecond) {
      if (!paired.contains(connection)) {
        notes.add(only(options.second(), connection, false));
      }
    }
    notes.counted().sort(Comparator.comparingInt(CaptureDiff::place));
    return new DiffResult(
        List.copyOf(notes.counted()), notes.uncounted(), pairs.size(), isComplete);
  }

  /** What only the second capture has comes last. */
  private static int place(Difference difference) {
    return difference.firstConnection() == 0 ? Integer.MAX_VALUE : difference.firstConnection();
  }

  private static void compare(DiffNotes.Of notes) {
    comparePorts(notes);
    DiffOpening.compare(notes);
    DiffClosing.compare(notes);
    boolean isWhole = notes.first().isWhole() && notes.second().isWhole();
    for (Side side : Side.values()) {
      DiffContent.compare(notes, side);
      if (isWhole) {
        DiffSegmentation.compare(notes, side);
        DiffFindings.compare(notes, side);
        DiffAcks.compare(notes, side);
        DiffWindows.compare(notes, side);
      }
    }
    if (isWhole) {
      DiffTurns.compare(notes);
    } else {
      DiffTotals.compare(notes);
    }
    DiffTimes.compare(notes);
  }

  private static void comparePorts(DiffNotes.Of notes) {
    if (notes.first().namedPort() != notes.second().namedPort()) {
      notes.add(
          DiffAspect.CONNECTIONS,
          Side.SERVER,
          notes.whose(true, Side.SERVER)
              + " is on port "
              + notes.first().report().key().server().port()
              + ", "
              + notes.name(false)
              + "'s on port "
              + notes.second().report().key().server().port());
    }
  }

  private static Difference only(String capture, DiffConnection connection, boolean isFirst) {
    ConnectionReport report = connection.report();
    String text =
        "only "
            + capture
            + " has this connection to port "
            + report.key().server().port()
            + ": opened "
            + report.opened().id()
            + ", closed "
            + report.closed().id()
            + ", "
            + DiffWords.count(report.fromClient().uniqueBytes(), "byte")
            + " from the client, "
            + report.fromServer().uniqueBytes()
            + " from the server";
    List<Long> frames = List.of(report.firstFrame());
    return new Difference(
        DiffAspect.CONNECTIONS,
        isFirst ? connection.number() : 0,
        isFirst ? 0 : connection.number(),
        null,
        text,
        isFirst ? frames : List.of(),
        isFirst ? List.of() : frames);
  }
}
