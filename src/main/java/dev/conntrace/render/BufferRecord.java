package dev.conntrace.render;

import dev.conntrace.trace.BufferReport;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.Late;
import dev.conntrace.trace.StreamBuffers.Peak;
import dev.conntrace.trace.StreamBuffers.Sizes;

/**
 * What waited in send buffers and receive queues, as far as the wire bounds it. As a part of the
 * connection's record.
 */
final class BufferRecord {
  private BufferRecord() {}

  static void write(JsonWriter json, BufferReport report) {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("buffers");
    writeStream(json, "from_client", report.fromClient());
    writeStream(json, "from_server", report.fromServer());
    json.writeEndObject();
  }

  private static void writeStream(JsonWriter json, String name, StreamBuffers stream) {
    if (stream.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("data_segments", stream.dataSegments());
    if (stream.fullSizedSegments() != StreamBuffers.UNKNOWN) {
      json.writeNumberField("full_sized_segments", stream.fullSizedSegments());
    }
    json.writeNumberField("push_runs", stream.pushRuns().count());
    if (stream.pushRuns().count() > 0) {
      writeSizes(json, "push_run_bytes", stream.pushRuns().bytes());
      writeSizes(json, "push_run_segments", stream.pushRuns().segments());
    }
    writePeak(json, "max_unacknowledged", stream.unacknowledged());
    writePeak(json, "max_out_of_order", stream.outOfOrder());
    writePeak(json, "max_unread", stream.unread());
    writeLate(json, stream.late());
    json.writeBooleanField("confirmed_only", stream.confirmedOnly());
    json.writeEndObject();
  }

  private static void writeSizes(JsonWriter json, String name, Sizes sizes) {
    json.writeObjectFieldStart(name);
    json.writeNumberField("min", sizes.min());
    json.writeNumberField("median", sizes.median());
    json.writeNumberField("max", sizes.max());
    json.writeEndObject();
  }

  private static void writePeak(JsonWriter json, String name, Peak peak) {
    json.writeNumberField(name, "_bytes", peak.bytes());
    if (peak.bytes() > 0) {
      json.writeNumberField(name, "_frame", peak.frame());
    }
  }

  private static void writeLate(JsonWriter json, Late late) {
    json.writeNumberField("delayed_bytes", late.bytes());
    if (late.times() == 0) {
      return;
    }
    json.writeNumberField("delays", late.times());
    if (late.longestNanos() != StreamBuffers.UNKNOWN) {
      RecordFields.duration(json, "longest_delay", late.longestNanos());
    }
    json.writeObjectFieldStart("longest_delay_at");
    json.writeNumberField("from_frame", late.fromFrame());
    json.writeNumberField("to_frame", late.toFrame());
    json.writeNumberField("first_byte", late.first());
    json.writeNumberField("last_byte", late.end() - 1);
    json.writeEndObject();
  }
}
