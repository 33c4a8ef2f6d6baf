package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.SelectionException;
import dev.conntrace.trace.TraceEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowedTimelineTest {
  private final StringBuilder printed = new StringBuilder();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private void follow(int mostKept, List<String> connections, TraceEvent... events)
      throws SelectionException {
    ConnectionSelection selection =
        new ConnectionSelection(connections, List.of(), List.of(), List.of(), List.of());
    FollowedTimeline sink =
        new FollowedTimeline(
            selection, new PrintedTimelines(printed), new Messages(err, false, false), mostKept);
    for (TraceEvent event : events) {
      event.deliverTo(sink);
    }
  }

  @Test
  void eachConnectionIsPrintedAtItsEnd() throws SelectionException {
    follow(
        100,
        List.of(),
        Told.opened(1, 1),
        Told.segment(1, 1),
        Told.opened(2, 2),
        Told.segment(2, 2),
        Told.segment(1, 3),
        Told.segment(2, 4),
        Told.closed(2),
        Told.segment(1, 5),
        Told.segment(2, 6),
        Told.closed(1));
    assertEquals("[2: 2 4] [1: 1 3 5] ", printed.toString());
  }

  @Test
  void whatIsNotSelectedIsNotPrinted() throws SelectionException {
    follow(
        100,
        List.of("2"),
        Told.opened(1, 1),
        Told.segment(1, 1),
        Told.opened(2, 2),
        Told.segment(2, 2),
        Told.closed(1),
        Told.closed(2));
    assertEquals("[2: 2] ", printed.toString());
  }

  @Test
  void whereTooMuchWouldBeKeptTheLongestIsGivenUpAndThatIsSaid() throws SelectionException {
    follow(
        4,
        List.of(),
        Told.opened(1, 1),
        Told.segment(1, 1),
        Told.opened(2, 2),
        Told.segment(2, 2),
        Told.segment(1, 3),
        Told.segment(1, 4),
        Told.segment(1, 5),
        Told.segment(1, 6),
        Told.segment(2, 7),
        Told.closed(1),
        Told.closed(2));
    assertEquals("[1:] [2: 2 7] ", printed.toString());
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.startsWith("conntrace: connection 1: its segments could not be kept"), said);
    assertEquals(1, said.lines().count());
  }

  /** A flood of them would else have all of them looked through for each that comes. */
  @Test
  void ofManyShortConnectionsSeveralAreGivenUpAtATime() throws SelectionException {
    List<TraceEvent> events = new ArrayList<>();
    for (int connection = 1; connection <= 9; connection++) {
      events.add(Told.opened(connection, connection));
      events.add(Told.segment(connection, connection));
    }
    for (int connection = 1; connection <= 9; connection++) {
      events.add(Told.closed(connection));
    }
    follow(8, List.of(), events.toArray(TraceEvent[]::new));
    assertEquals("[1:] [2:] [3:] [4: 4] [5: 5] [6: 6] [7: 7] [8: 8] [9: 9] ", printed.toString());
  }
}
