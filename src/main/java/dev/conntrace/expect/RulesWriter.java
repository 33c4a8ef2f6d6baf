package dev.conntrace.expect;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.field.ConnectionField;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a first file of rules from a capture that is known to be good: tight where TCP leaves no
 * choice (how it opened and closed, options, bytes, control bits), tolerant in times and in how
 * many segments the bytes took.
 */
public final class RulesWriter {
  /** How many connections are described one by one. */
  public static final int MAX_CONNECTIONS = 100;

  /** How much slower a later run may be, and what is never too slow. */
  private static final int SLOWER = 5;

  private static final long LEAST_NANOS = 50_000_000;

  /** What a segment count may vary by. */
  private static final String COUNT_TOLERANCE = " +- 50 %";

  /** Fields that are the same each time. */
  private static final List<ConnectionField> TIGHT =
      List.of(
          ConnectionField.OPENED,
          ConnectionField.CLOSED,
          ConnectionField.CLOSED_FIRST,
          ConnectionField.CLIENT_STATE,
          ConnectionField.SERVER_STATE,
          ConnectionField.TIME_WAIT_OWNER,
          ConnectionField.CLIENT_MSS,
          ConnectionField.CLIENT_WINDOW_SCALE,
          ConnectionField.CLIENT_SACK,
          ConnectionField.CLIENT_TIMESTAMPS,
          ConnectionField.SERVER_MSS,
          ConnectionField.SERVER_WINDOW_SCALE,
          ConnectionField.SERVER_SACK,
          ConnectionField.SERVER_TIMESTAMPS,
          ConnectionField.CLIENT_UNIQUE_BYTES,
          ConnectionField.SERVER_UNIQUE_BYTES,
          ConnectionField.CLIENT_MISSING_BYTES,
          ConnectionField.SERVER_MISSING_BYTES);

  /** What should not begin to happen; how often it happened where it did. */
  private static final List<AnnotationKind> TROUBLE =
      List.of(
          AnnotationKind.RETRANSMISSION,
          AnnotationKind.OUT_OF_ORDER,
          AnnotationKind.PREVIOUS_SEGMENT_MISSING,
          AnnotationKind.OVERLAP_CONFLICT,
          AnnotationKind.ZERO_WINDOW,
          AnnotationKind.BEYOND_WINDOW,
          AnnotationKind.REFUSED,
          AnnotationKind.PORT_REUSED,
          AnnotationKind.DATA_AFTER_CLOSE);

  private final Appendable out;
  private final Trace trace;

  private RulesWriter(Appendable out, Trace trace) {
    this.out = out;
    this.trace = trace;
  }

  /** Writes rules that {@code trace} fulfils. */
  public static void write(Trace trace, Appendable out) throws IOException {
    new RulesWriter(out, trace).write();
  }

  private void write() throws IOException {
    out.append("# What conntrace verify expects; begun by --update. Loosen what may vary.\n");
    out.append("- capture:\n");
    out.append("  expect:\n");
    line("connections", Long.toString(trace.capture().connections()));
    line(Problem.DROPS.id(), "none");
    line(Problem.DAMAGED.id(), "none");
    int described = 0;
    for (ConnectionTrace connection : trace.connections()) {
      if (described++ == MAX_CONNECTIONS) {
        out.append("# The connections after the first ").append(Integer.toString(MAX_CONNECTIONS));
        out.append(" are only counted.\n");
        return;
      }
      write(connection);
    }
  }

  private void write(ConnectionTrace connection) throws IOException {
    out.append("\n- connection: {number: ").append(Integer.toString(connection.number()));
    out.append(", server: ");
    out.append(Integer.toString(connection.report().key().server().port())).append("}\n");
    out.append("  expect:\n");
    for (ConnectionField field : TIGHT) {
      Object value = field.of(connection.report());
      line(field.id(), value == null ? "absent" : tight(value.toString()));
    }
    for (Side side : Side.values()) {
      for (ControlBit bit : ControlBit.values()) {
        if (bit != ControlBit.DATA) {
          count(new EventFact(null, bit, side), connection, false);
        }
      }
      segments(connection, side);
    }
    for (AnnotationKind kind : TROUBLE) {
      count(new EventFact(kind, null, null), connection, true);
    }
    time(ConnectionField.DURATION.id(), ConnectionField.DURATION.of(connection.report()));
    time(ConnectionField.RTT_P95.id(), ConnectionField.RTT_P95.of(connection.report()));
    Observed observed = new Observed(trace, connection, null);
    time(
        ConnectionFact.HANDSHAKE_TIME.word(), ConnectionFact.HANDSHAKE_TIME.read(observed).value());
  }

  /** Whether the second FIN waits for the ACK of the first is a matter of milliseconds. */
  private static String tight(String value) {
    String three = Closed.THREE_SEGMENT.id();
    String four = Closed.FOUR_SEGMENT.id();
    return value.equals(three) || value.equals(four) ? "[" + three + ", " + four + "]" : value;
  }

  private void segments(ConnectionTrace connection, Side side) throws IOException {
    long segments = connection.report().from(side).segments();
    line("from_" + side.id() + ".segments", segments + COUNT_TOLERANCE);
  }

  private void count(EventFact fact, ConnectionTrace connection, boolean mayBeLess)
      throws IOException {
    long count = fact.in(connection.tally()).count();
    String exactly = count == 0 ? "none" : Long.toString(count);
    line(fact.word(), mayBeLess && count > 0 ? "{at_most: " + count + "}" : exactly);
  }

  private void time(String word, @Nullable Object nanos) throws IOException {
    if (nanos instanceof Long seen) {
      long most = Math.max(SLOWER * seen, LEAST_NANOS);
      line(word, "{at_most: " + upper(most) + "}");
    }
  }

  /** The text of a duration cuts figures off; one more millisecond is never less. */
  private static String upper(long nanos) {
    long millis = nanos / 1_000_000 + 1;
    return millis < 10_000 ? millis + " ms" : millis / 1000 + 1 + " s";
  }

  private void line(String word, String value) throws IOException {
    out.append("    ").append(word).append(": ").append(value).append('\n');
  }
}
