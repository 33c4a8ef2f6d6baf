package dev.conntrace.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionOrderTest {
  private static final List<ConnectionReport> CONNECTIONS =
      List.of(
          connection(3, 100, Map.of()),
          connection(1, 100, Map.of(AnnotationKind.RETRANSMISSION, 2L)),
          connection(2, 900, Map.of(AnnotationKind.RESET, 1L)));

  @ParameterizedTest
  @CsvSource({
    "connection, 123",
    "start, 123",
    "first_frame, 123",
    "bytes, 213",
    "duration, 213",
    "segments, 213",
    "retransmissions, 123",
    "retransmission, 123",
    "reset, 213",
    "rtt, 123",
    "rtt_server, 123",
  })
  void putsAmountsLargestFirstAndEqualsByNumber(String field, String expected)
      throws SelectionException {
    assertEquals(expected, order(field, 3));
  }

  @Test
  void keepsTheFirstOnly() throws SelectionException {
    assertEquals("21", order("bytes", 2));
    assertEquals("1", order("start", 1));
  }

  @Test
  void listsTheFieldsWhereItKnowsNone() {
    SelectionException refusal =
        assertThrows(SelectionException.class, () -> ConnectionOrder.by("size"));
    for (String field : ConnectionOrder.names()) {
      assertTrue(refusal.getMessage().contains(field), refusal.getMessage());
    }
  }

  @Test
  void knowsEveryFieldThatItNames() throws SelectionException {
    for (String field : ConnectionOrder.names()) {
      assertEquals(3, order(field, 3).length(), field);
    }
  }

  private static String order(String field, int most) throws SelectionException {
    FirstOf first = new FirstOf(ConnectionOrder.by(field), most);
    for (ConnectionReport report : CONNECTIONS) {
      first.add(report);
    }
    StringBuilder numbers = new StringBuilder();
    for (ConnectionReport report : first.inOrder()) {
      numbers.append(report.connection());
    }
    return numbers.toString();
  }

  private static ConnectionReport connection(
      int number, long bytes, Map<AnnotationKind, Long> annotations) {
    return Reported.connection(number, Reported.key(5000, 80), bytes, annotations);
  }
}
