package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.Stall;
import dev.conntrace.trace.StallReport;

/**
 * When a side could not send because the other's window was closed or full. As a part of the
 * connection's record.
 */
final class StallRecord {
  private StallRecord() {}

  static void write(JsonWriter json, ConnectionReport connection) {
    StallReport report = connection.history().stalls();
    if (report.isEmpty()) {
      return;
    }
    boolean timed = connection.startNanos() != SegmentFacts.NO_TIMESTAMP;
    json.writeObjectFieldStart("stalls");
    for (Side side : Side.values()) {
      writeTotal(json, side, connection, timed);
    }
    json.writeArrayFieldStart("list");
    for (Stall stall : report.list()) {
      write(json, stall);
    }
    json.writeEndArray();
    if (report.leftOut() > 0) {
      json.writeNumberField("left_out", report.leftOut());
      if (timed) {
        RecordFields.duration(json, "left_out_total", report.leftOutNanos());
      }
    }
    json.writeEndObject();
  }

  private static void writeTotal(
      JsonWriter json, Side side, ConnectionReport connection, boolean timed) {
    StallReport.Total total = connection.history().stalls().from(side);
    json.writeObjectFieldStart("from_", side.id());
    json.writeNumberField("count", total.count());
    if (timed) {
      RecordFields.duration(json, "total", total.nanos());
    }
    json.writeEndObject();
  }

  private static void write(JsonWriter json, Stall stall) {
    json.writeStartObject();
    json.writeStringField("side", stall.side().id());
    json.writeStringField("cause", stall.cause().id());
    json.writeBooleanField("shown", stall.shown());
    json.writeNumberField("start_frame", stall.startFrame());
    frame(json, "closed_frame", stall.closedFrame());
    frame(json, "end_frame", stall.endFrame());
    frame(json, "resumed_frame", stall.resumedFrame());
    if (stall.startNanos() != SegmentFacts.NO_TIMESTAMP) {
      RecordFields.moment(json, "start", stall.startNanos());
      RecordFields.duration(json, "duration", stall.durationNanos());
    }
    json.writeStringField("ended_by", stall.endedBy().id());
    json.writeNumberField("probes", stall.probes());
    json.writeNumberField("fills", stall.fills());
    if (stall.waitingBytes() > 0) {
      json.writeNumberField("waiting_bytes", stall.waitingBytes());
    }
    json.writeEndObject();
  }

  private static void frame(JsonWriter json, String name, long frame) {
    if (frame != 0) {
      json.writeNumberField(name, frame);
    }
  }
}
