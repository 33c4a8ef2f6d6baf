package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.trace.RecoveryReport;
import java.io.IOException;

/**
 * How losses were repaired: from the first segment sent again to the recovery point. As a part of
 * the connection's record.
 */
final class RecoveryRecord {
  private RecoveryRecord() {}

  static void write(JsonGenerator json, RecoveryReport report) throws IOException {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("recoveries");
    json.writeEndObject();
  }
}
