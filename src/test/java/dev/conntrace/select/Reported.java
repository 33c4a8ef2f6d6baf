package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CapturePoint;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionHistory;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.util.List;
import java.util.Map;

/** Connections made up for tests. */
public final class Reported {
  private Reported() {}

  /** Returns an IPv4 address and port. */
  public static TransportAddress v4(int a, int b, int c, int d, int port) {
    return new TransportAddress(0, (long) a << 24 | b << 16 | c << 8 | d, false, port);
  }

  /** Returns the key of a connection from 10.0.0.1 to 10.0.0.2. */
  public static ConnectionKey key(int clientPort, int serverPort) {
    return new ConnectionKey(v4(10, 0, 0, 1, clientPort), v4(10, 0, 0, 2, serverPort));
  }

  /** Returns a connection that lasted so many seconds and sent so many bytes each way. */
  public static ConnectionReport connection(
      int number, ConnectionKey key, long bytes, Map<AnnotationKind, Long> annotations) {
    long start = 1_700_000_000_000_000_000L + number;
    DirectionTotals totals = new DirectionTotals(bytes / 10 + 1, bytes, bytes, 0);
    return new ConnectionReport(
        number,
        key,
        RoleEvidence.SYN,
        number,
        number + 10L,
        start,
        start + bytes,
        Opened.THREE_WAY,
        Closed.FOUR_SEGMENT,
        null,
        TcpState.CLOSED,
        TcpState.CLOSED,
        null,
        null,
        RttStatistics.NONE,
        totals,
        totals,
        annotations,
        List.of(),
        null,
        null,
        CapturePoint.UNKNOWN,
        ConnectionHistory.NONE);
  }
}
