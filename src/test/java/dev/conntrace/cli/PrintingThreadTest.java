package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.conntrace.select.Reported;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintingThreadTest {
  /** More than wait at once, and no whole number of batches. */
  private static final int MANY = 5_003;

  private final List<Integer> printed = new ArrayList<>();
  private int failsAt = Integer.MAX_VALUE;

  private final RecordPrinter printer =
      new RecordPrinter() {
        @Override
        public void packet(String file, SegmentSeen event) {}

        @Override
        public void connection(String file, ConnectionReport report) throws IOException {
          if (printed.size() == failsAt) {
            throw new IOException("no more room");
          }
          printed.add(report.connection());
        }

        @Override
        public void summary(String file, CaptureReport report) {}

        @Override
        public void endOfConnections() {}

        @Override
        public void flush() {}
      };

  @Test
  void printsEverythingInOrder() throws IOException {
    PrintingThread thread = new PrintingThread("a.pcap", printer);
    for (int i = 1; i <= MANY; i++) {
      thread.connection(numbered(i));
    }
    thread.finish();
    thread.close();
    assertEquals(MANY, printed.size());
    for (int i = 0; i < MANY; i++) {
      assertEquals(i + 1, printed.get(i));
    }
  }

  @Test
  void whoFollowsConnectionsIsToldThatTheyCannotBePrinted() {
    failsAt = 100;
    PrintingThread thread = new PrintingThread("a.pcap", printer);
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 1; i <= MANY; i++) {
            thread.connection(numbered(i));
          }
        });
    thread.close();
    assertEquals(100, printed.size());
  }

  @Test
  void aFailureOfTheLastOnesIsToldAtTheEnd() throws IOException {
    failsAt = 2;
    PrintingThread thread = new PrintingThread("a.pcap", printer);
    for (int i = 1; i <= 3; i++) {
      thread.connection(numbered(i));
    }
    assertThrows(IOException.class, thread::finish);
  }

  private static ConnectionReport numbered(int number) {
    return Reported.connection(number, Reported.key(40_000, 443), 10, Map.of());
  }
}
