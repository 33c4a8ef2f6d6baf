package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.trace.StallReport;
import java.io.IOException;

/**
 * When a side could not send because the other's window was closed or full. As a part of the
 * connection's record.
 */
final class StallRecord {
  private StallRecord() {}

  static void write(JsonGenerator json, StallReport report) throws IOException {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("stalls");
    json.writeEndObject();
  }
}
