package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.trace.BufferReport;
import java.io.IOException;

/**
 * What waited in send buffers and receive queues, as far as the wire bounds it. As a part of the
 * connection's record.
 */
final class BufferRecord {
  private BufferRecord() {}

  static void write(JsonGenerator json, BufferReport report) throws IOException {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("buffers");
    json.writeEndObject();
  }
}
