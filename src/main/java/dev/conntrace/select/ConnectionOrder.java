package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An order of connections: by a field of their record or by how often they carry an annotation.
 *
 * <p>Places in the capture and times ({@code connection}, {@code start}, ...) come smallest first,
 * amounts come largest first; connections that are equal keep the order of their numbers.
 */
public final class ConnectionOrder implements Comparator<ConnectionReport> {
  /** What connections can be ordered by, besides annotations. */
  private enum Field {
    CONNECTION("connection", true),
    FIRST_FRAME("first_frame", true),
    LAST_FRAME("last_frame", true),
    START("start", true),
    END("end", true),
    DURATION("duration", false),
    SEGMENTS("segments", false),
    BYTES("bytes", false),
    UNIQUE_BYTES("unique_bytes", false),
    MISSING_BYTES("missing_bytes", false),
    RETRANSMISSIONS("retransmissions", false),
    RTT("rtt", false),
    RTT_MIN("rtt.min", false),
    RTT_MAX("rtt.max", false),
    RTT_SERVER("rtt_server", false),
    RTT_CLIENT("rtt_client", false);

    private final String id;
    private final boolean smallestFirst;

    Field(String id, boolean smallestFirst) {
      this.id = id;
      this.smallestFirst = smallestFirst;
    }
  }

  private static final Field[] FIELDS = Field.values();

  private final Field field;
  private final AnnotationKind counted;

  private ConnectionOrder(Field field, AnnotationKind counted) {
    this.field = field;
    this.counted = counted;
  }

  /**
   * Returns the order by a field or by an annotation's count.
   *
   * @throws SelectionException if there is no such field; the message lists them
   */
  public static ConnectionOrder by(String name) throws SelectionException {
    for (Field field : FIELDS) {
      if (field.id.equals(name)) {
        return new ConnectionOrder(field, AnnotationKind.RETRANSMISSION);
      }
    }
    AnnotationKind kind = AnnotationKind.ofId(name);
    if (kind == null) {
      throw new SelectionException(
          "connections cannot be sorted by '"
              + name
              + "'; fields are "
              + String.join(", ", names())
              + ", and every annotation");
    }
    return new ConnectionOrder(Field.RETRANSMISSIONS, kind);
  }

  /** Returns the order of first frames. */
  public static ConnectionOrder byNumber() {
    return new ConnectionOrder(Field.CONNECTION, AnnotationKind.RETRANSMISSION);
  }

  /** Returns the names of the fields, without the annotations. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Field field : FIELDS) {
      names.add(field.id);
    }
    return names;
  }

  @Override
  public int compare(ConnectionReport left, ConnectionReport right) {
    int order = Long.compare(value(left), value(right));
    if (order == 0) {
      return Integer.compare(left.connection(), right.connection());
    }
    return field.smallestFirst ? order : -order;
  }

  private long value(ConnectionReport report) {
    return switch (field) {
      case CONNECTION -> report.connection();
      case FIRST_FRAME -> report.firstFrame();
      case LAST_FRAME -> report.lastFrame();
      case START -> timeOrLast(report.startNanos());
      case END -> timeOrLast(report.endNanos());
      case DURATION -> report.durationNanos();
      case SEGMENTS -> report.fromClient().segments() + report.fromServer().segments();
      case BYTES -> report.fromClient().bytes() + report.fromServer().bytes();
      case UNIQUE_BYTES -> report.fromClient().uniqueBytes() + report.fromServer().uniqueBytes();
      case MISSING_BYTES -> report.fromClient().missingBytes() + report.fromServer().missingBytes();
      case RETRANSMISSIONS -> report.annotations().getOrDefault(counted, 0L);
      case RTT -> report.rtt().medianNanos();
      case RTT_MIN -> report.rtt().minNanos();
      case RTT_MAX -> report.rtt().maxNanos();
      case RTT_SERVER ->
          report.handshake() == null ? -1 : report.handshake().rttServerNanos().orElse(-1);
      case RTT_CLIENT ->
          report.handshake() == null ? -1 : report.handshake().rttClientNanos().orElse(-1);
    };
  }

  private static long timeOrLast(long nanos) {
    return nanos == SegmentFacts.NO_TIMESTAMP ? Long.MAX_VALUE : nanos;
  }
}
