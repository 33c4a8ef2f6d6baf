package dev.conntrace.trace.field;

import dev.conntrace.trace.RecoveryReport;
import dev.conntrace.trace.RecoveryReport.Repairs;
import org.jspecify.annotations.Nullable;

/** What the fields of {@code recoveries} hold: the totals of a side that had to repair anything. */
final class RecoveryValues {
  private RecoveryValues() {}

  static @Nullable Object of(ConnectionField field, RecoveryReport report) {
    Repairs repairs = repairs(field, report);
    if (repairs.count() == 0) {
      return null;
    }
    return switch (field) {
      case CLIENT_REPAIRS, SERVER_REPAIRS -> repairs.count();
      case CLIENT_REPAIR_SEGMENTS, SERVER_REPAIR_SEGMENTS -> repairs.segments();
      case CLIENT_REPAIR_BYTES, SERVER_REPAIR_BYTES -> repairs.bytes();
      case CLIENT_REPAIR_TIMEOUTS, SERVER_REPAIR_TIMEOUTS -> repairs.timeouts();
      default -> repairs.needless();
    };
  }

  private static Repairs repairs(ConnectionField field, RecoveryReport report) {
    return switch (field) {
      case CLIENT_REPAIRS,
          CLIENT_REPAIR_SEGMENTS,
          CLIENT_REPAIR_BYTES,
          CLIENT_REPAIR_TIMEOUTS,
          CLIENT_NEEDLESS_REPAIRS ->
          report.fromClient();
      default -> report.fromServer();
    };
  }
}
