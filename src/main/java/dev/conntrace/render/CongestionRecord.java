package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.trace.CongestionReport;
import java.io.IOException;

/**
 * How much each side dared to have under way: initial window, slow start, avoidance. As a part of
 * the connection's record.
 */
final class CongestionRecord {
  private CongestionRecord() {}

  static void write(JsonGenerator json, CongestionReport report) throws IOException {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("congestion");
    json.writeEndObject();
  }
}
