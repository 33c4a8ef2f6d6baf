package dev.conntrace.expect;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.FieldType;
import dev.conntrace.trace.field.PacketField;
import dev.conntrace.trace.field.RecordField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record, by the record's name for it.
 *
 * @param field the field
 */
record FieldFact(RecordField field) implements Fact {
  /** A statistic is not to be seen in one frame. */
  private static final long OF_MANY_FRAMES = 0;

  @Override
  public String word() {
    return field.id();
  }

  @Override
  public Scope scope() {
    return field instanceof PacketField ? Scope.SEGMENT : Scope.CONNECTION;
  }

  @Override
  public FieldType type() {
    return field.type();
  }

  @Override
  public List<String> words() {
    return field.words();
  }

  @Override
  public boolean isList() {
    return field.isList();
  }

  @Override
  public String meaning() {
    return "the field of this name in the records";
  }

  @Override
  public Reading read(Observed observed) {
    if (field instanceof PacketField packet) {
      SegmentSeen event = observed.inSegment();
      return Reading.of(packet.of(event), event.segment().frame());
    }
    ConnectionField ofConnection = (ConnectionField) field;
    ConnectionReport report = observed.inConnection().report();
    return Reading.of(value(ofConnection, report), frame(ofConnection, report));
  }

  /** What never happened is left out of records, but it did happen 0 times, for no time. */
  private static @Nullable Object value(ConnectionField field, ConnectionReport report) {
    Object value = field.of(report);
    boolean counts = field.type() == FieldType.NUMBER || field.type() == FieldType.DURATION;
    boolean sums = field.id().startsWith("stalls.") || field.id().startsWith("recoveries.");
    return value == null && counts && sums ? (Object) 0L : value;
  }

  private static long frame(ConnectionField field, ConnectionReport report) {
    return switch (field) {
      case CLOSED, CLOSED_FIRST, CLIENT_STATE, SERVER_STATE, LAST_FRAME, END, DURATION ->
          report.lastFrame();
      case SYN_ACK_FRAME, RTT_SERVER -> frameOr(ConnectionField.SYN_ACK_FRAME, report);
      case ACK_FRAME, RTT_CLIENT -> frameOr(ConnectionField.ACK_FRAME, report);
      case TIME_WAIT_OWNER, TIME_WAIT_START, TIME_WAIT_EXPECTED_END, TIME_WAIT_RESTARTS ->
          report.timeWait() == null ? report.lastFrame() : report.timeWait().startFrame();
      case OPENED, CLIENT, SERVER, ROLE_EVIDENCE, FIRST_FRAME, START, SYN_FRAME ->
          report.firstFrame();
      default -> {
        if (field.id().startsWith("handshake.server")) {
          yield frameOr(ConnectionField.SYN_ACK_FRAME, report);
        }
        yield field.id().startsWith("handshake.") ? report.firstFrame() : OF_MANY_FRAMES;
      }
    };
  }

  private static long frameOr(ConnectionField field, ConnectionReport report) {
    return field.of(report) instanceof Long frame ? frame : report.firstFrame();
  }
}
