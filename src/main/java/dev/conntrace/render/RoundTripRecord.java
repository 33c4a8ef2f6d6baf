package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.trace.RoundTripReport;
import java.io.IOException;

/** Round-trip times by how they were measured. As a part of the connection's record. */
final class RoundTripRecord {
  private RoundTripRecord() {}

  static void write(JsonGenerator json, RoundTripReport report) throws IOException {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("round_trips");
    json.writeEndObject();
  }
}
