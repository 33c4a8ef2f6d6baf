package dev.conntrace.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSelectionTest {
  private static final List<String> ANY = List.of();

  @Test
  void wantsEverythingWhereNothingWasAskedFor() throws SelectionException {
    ConnectionSelection selection = selection(ANY, ANY, ANY, ANY, ANY);
    assertTrue(selection.isEmpty());
    assertTrue(selection.includes(connection(1, 5000, 80)));
  }

  @Test
  void takesNumbersListsAndRanges() throws SelectionException {
    ConnectionSelection selection = selection(List.of("2", "4,6-8"), ANY, ANY, ANY, ANY);
    StringBuilder wanted = new StringBuilder();
    for (int number = 1; number <= 10; number++) {
      wanted.append(selection.includes(connection(number, 5000, 80)) ? number : ".");
    }
    assertEquals(".2.4.678..", wanted.toString());
    assertFalse(selection.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "x", "1,", "3-2", "1-", "99999999999", "1 2"})
  void refusesWhatIsNoNumber(String word) {
    assertThrows(SelectionException.class, () -> selection(List.of(word), ANY, ANY, ANY, ANY));
  }

  @Test
  void takesValuesOfOneCriterionAsAlternatives() throws SelectionException {
    ConnectionSelection selection = selection(ANY, ANY, List.of("80", "443"), ANY, ANY);
    assertTrue(selection.includes(connection(1, 5000, 80)));
    assertTrue(selection.includes(connection(1, 5000, 443)));
    assertFalse(selection.includes(connection(1, 80, 5000)));
  }

  @Test
  void holdsEveryCriterion() throws SelectionException {
    ConnectionSelection selection =
        selection(ANY, List.of("10.0.0.1"), List.of("10.0.0.2:80"), List.of("5000"), ANY);
    assertTrue(selection.includes(connection(1, 5000, 80)));
    assertFalse(selection.includes(connection(1, 5001, 80)));
    assertFalse(selection.includes(connection(1, 5000, 81)));
  }

  @Test
  void looksForAPortOnBothSides() throws SelectionException {
    ConnectionSelection selection = selection(ANY, ANY, ANY, List.of("80"), ANY);
    assertTrue(selection.includes(connection(1, 5000, 80)));
    assertTrue(selection.includes(connection(1, 80, 5000)));
    assertFalse(selection.includes(connection(1, 5000, 443)));
  }

  @Test
  void wantsConnectionsThatCarryAnAnnotation() throws SelectionException {
    ConnectionSelection selection = selection(ANY, ANY, ANY, ANY, List.of("reset", "refused"));
    assertTrue(selection.mayInclude(1, Reported.key(5000, 80)));
    assertFalse(selection.includes(connection(1, 5000, 80)));
    assertTrue(
        selection.includes(
            Reported.connection(1, Reported.key(5000, 80), 0, Map.of(AnnotationKind.REFUSED, 1L))));
  }

  @Test
  void namesTheNearestOfAnUnknownAnnotation() {
    SelectionException refusal =
        assertThrows(
            SelectionException.class,
            () -> selection(ANY, ANY, ANY, ANY, List.of("retransmision")));
    assertTrue(refusal.getMessage().contains("did you mean retransmission?"));
  }

  private static ConnectionReport connection(int number, int clientPort, int serverPort) {
    return Reported.connection(number, Reported.key(clientPort, serverPort), 10, Map.of());
  }

  private static ConnectionSelection selection(
      List<String> connections,
      List<String> clients,
      List<String> servers,
      List<String> ports,
      List<String> annotations)
      throws SelectionException {
    return new ConnectionSelection(connections, clients, servers, ports, annotations);
  }
}
