package dev.conntrace.trace.field;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.StallReport;
import org.jspecify.annotations.Nullable;

/** What the fields of {@code stalls} hold, which is absent where there were none. */
final class StallValues {
  private StallValues() {}

  static @Nullable Object of(ConnectionField field, ConnectionReport report) {
    StallReport stalls = report.history().stalls();
    if (stalls.isEmpty()) {
      return null;
    }
    return switch (field) {
      case CLIENT_STALLS -> stalls.fromClient().count();
      case SERVER_STALLS -> stalls.fromServer().count();
      case CLIENT_STALLED -> timed(stalls.fromClient().nanos(), report);
      case SERVER_STALLED -> timed(stalls.fromServer().nanos(), report);
      case STALLS_LEFT_OUT -> stalls.leftOut() == 0 ? null : stalls.leftOut();
      case STALLED_LEFT_OUT -> stalls.leftOut() == 0 ? null : timed(stalls.leftOutNanos(), report);
      default -> throw new IllegalArgumentException(field.id() + " is not of stalls");
    };
  }

  private static @Nullable Long timed(long nanos, ConnectionReport report) {
    return report.startNanos() == SegmentFacts.NO_TIMESTAMP ? null : nanos;
  }
}
