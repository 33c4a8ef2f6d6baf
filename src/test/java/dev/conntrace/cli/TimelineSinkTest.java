package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.SelectionException;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineSinkTest {
  private static final List<TraceEvent> INTERLEAVED =
      List.of(
          Told.opened(1, 1),
          Told.segment(1, 1),
          Told.segment(2, 2),
          Told.segment(3, 3),
          Told.segment(1, 4),
          Told.segment(3, 5),
          Told.closed(3),
          Told.segment(2, 6),
          Told.closed(1),
          Told.segment(2, 7),
          Told.closed(2),
          Told.segment(4, 8),
          Told.closed(4));

  private final StringBuilder printed = new StringBuilder();

  @Test
  void printsOneConnectionAfterTheOther() {
    assertEquals(4, pass(0, 100, 1, 2, 3, 4));
    assertEquals("[1: 1 4] [2: 2 6 7] [3: 3 5] [4: 8] ", printed.toString());
  }

  @Test
  void passesOverWhatWasNotSelected() {
    assertEquals(2, pass(0, 100, 2, 4));
    assertEquals("[2: 2 6 7] [4: 8] ", printed.toString());
  }

  @Test
  void leavesLaterConnectionsToAnotherPassWhereTooMuchIsHeldBack() {
    int next = pass(0, 2, 1, 2, 3, 4);
    assertEquals(2, next);
    assertEquals("[1: 1 4] [2: 2 6 7] ", printed.toString());
    assertEquals(4, pass(next, 2, 1, 2, 3, 4));
    assertEquals("[1: 1 4] [2: 2 6 7] [3: 3 5] [4: 8] ", printed.toString());
  }

  @Test
  void getsThroughWhereNothingCanBeHeldBack() {
    int passes = 0;
    for (int next = 0; next < 4; next = pass(next, 0, 1, 2, 3, 4)) {
      passes++;
    }
    assertEquals("[1: 1 4] [2: 2 6 7] [3: 3 5] [4: 8] ", printed.toString());
    assertTrue(passes <= 4, "passes: " + passes);
  }

  @Test
  void printsTheHeaderOfAConnectionThatIsNotSeenAgain() {
    assertEquals(2, pass(0, 100, 4, 9));
    assertEquals("[4: 8] [9:] ", printed.toString());
  }

  @Test
  void wantsOnlyWhatItWillPrint() {
    TimelineSink sink =
        new TimelineSink(new PrintedTimelines(printed), reports(2, 4), 0, 100, anything());
    assertTrue(sink.wants(Importance.SEGMENT, 4));
    assertFalse(sink.wants(Importance.SEGMENT, 3));
    assertFalse(sink.wants(Importance.SKIPPED, 0));
  }

  private int pass(int first, int mostHeldBack, int... connections) {
    TimelineSink sink =
        new TimelineSink(
            new PrintedTimelines(printed), reports(connections), first, mostHeldBack, anything());
    for (TraceEvent event : INTERLEAVED) {
      event.deliverTo(sink);
    }
    return sink.next();
  }

  private static List<ConnectionReport> reports(int... connections) {
    List<ConnectionReport> reports = new ArrayList<>();
    for (int connection : connections) {
      reports.add(Told.closed(connection).report());
    }
    return reports;
  }

  private static ConnectionSelection anything() {
    List<String> none = List.of();
    try {
      return new ConnectionSelection(none, none, none, none, none);
    } catch (SelectionException e) {
      throw new IllegalStateException(e);
    }
  }
}
