package dev.conntrace.render;

import dev.conntrace.trace.CongestionPhase;
import dev.conntrace.trace.CongestionReport;
import dev.conntrace.trace.CongestionReport.Sender;
import dev.conntrace.trace.Side;

/**
 * How much each side dared to have under way: initial window, slow start, avoidance. As a part of
 * the connection's record.
 */
final class CongestionRecord {
  private CongestionRecord() {}

  static void write(JsonWriter json, CongestionReport report) {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("congestion");
    for (Side side : Side.values()) {
      Sender sender = report.of(side);
      if (sender != null) {
        write(json, side, sender);
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonWriter json, Side side, Sender sender) {
    json.writeObjectFieldStart("from_", side.id());
    json.writeStringField("basis", sender.basis().id());
    if (sender.initialWindow().bytes() > 0) {
      RecoveryRecord.flight(json, "initial_window", sender.initialWindow());
    }
    RecoveryRecord.flight(json, "max_flight", sender.maxFlight());
    json.writeNumberField("rounds", sender.rounds());
    json.writeArrayFieldStart("phases");
    for (CongestionPhase phase : sender.phases()) {
      write(json, phase);
    }
    json.writeEndArray();
    json.writeNumberField("left_out", sender.leftOut());
    json.writeEndObject();
  }

  private static void write(JsonWriter json, CongestionPhase phase) {
    json.writeStartObject();
    json.writeStringField("kind", phase.kind().id());
    json.writeNumberField("first_frame", phase.startFrame());
    RecordFields.moment(json, "start", phase.startNanos());
    json.writeNumberField("last_frame", phase.endFrame());
    RecordFields.moment(json, "end", phase.endNanos());
    RecoveryRecord.flight(json, "start_flight", phase.startFlight());
    RecoveryRecord.flight(json, "end_flight", phase.endFlight());
    RecoveryRecord.flight(json, "max_flight", phase.maxFlight());
    json.writeNumberField("rounds", phase.rounds());
    json.writeEndObject();
  }
}
