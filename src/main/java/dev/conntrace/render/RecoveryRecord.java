package dev.conntrace.render;

import dev.conntrace.trace.Flight;
import dev.conntrace.trace.RecoveryEpisode;
import dev.conntrace.trace.RecoveryReport;
import dev.conntrace.trace.RecoveryReport.Repairs;
import dev.conntrace.trace.Side;

/**
 * How losses were repaired: from the first segment sent again to the recovery point. As a part of
 * the connection's record.
 */
final class RecoveryRecord {
  private RecoveryRecord() {}

  static void write(JsonWriter json, RecoveryReport report) {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("recoveries");
    for (Side side : Side.values()) {
      if (report.of(side).count() > 0) {
        write(json, side, report.of(side));
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonWriter json, Side side, Repairs repairs) {
    json.writeObjectFieldStart("from_", side.id());
    json.writeNumberField("count", repairs.count());
    json.writeNumberField("segments", repairs.segments());
    json.writeNumberField("bytes", repairs.bytes());
    json.writeNumberField("timeouts", repairs.timeouts());
    json.writeNumberField("needless", repairs.needless());
    json.writeArrayFieldStart("list");
    for (RecoveryEpisode episode : repairs.list()) {
      write(json, episode);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonWriter json, RecoveryEpisode episode) {
    json.writeStartObject();
    json.writeNumberField("number", episode.number());
    json.writeStringField("trigger", episode.trigger().id());
    json.writeNumberField("first_frame", episode.firstFrame());
    RecordFields.moment(json, "start", episode.startNanos());
    json.writeNumberField("recovery_point", episode.recoveryPoint());
    flight(json, "start_flight", episode.startFlight());
    json.writeNumberField("segments", episode.resends().segments());
    json.writeNumberField("bytes", episode.resends().bytes());
    json.writeNumberField("timeouts", episode.timeouts());
    json.writeNumberField("partial_acks", episode.partialAcks());
    json.writeNumberField("spurious", episode.spurious());
    json.writeBooleanField("needless", episode.isNeedless());
    json.writeStringField("ended", episode.end().id());
    if (episode.lastFrame() > 0) {
      json.writeNumberField("last_frame", episode.lastFrame());
      RecordFields.moment(json, "end", episode.endNanos());
      flight(json, "end_flight", episode.endFlight());
    }
    if (episode.isTimed()) {
      RecordFields.duration(json, "duration", episode.durationNanos());
    }
    json.writeEndObject();
  }

  /** Writes {@code start_flight_bytes} and {@code start_flight_segments}. */
  static void flight(JsonWriter json, String name, Flight flight) {
    json.writeNumberField(name, "_bytes", flight.bytes());
    json.writeNumberField(name, "_segments", flight.segments());
  }
}
