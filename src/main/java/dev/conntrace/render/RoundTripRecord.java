package dev.conntrace.render;

import dev.conntrace.trace.RetransmissionTimer;
import dev.conntrace.trace.RoundTripReport;
import dev.conntrace.trace.RoundTrips;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.Side;
import org.jspecify.annotations.Nullable;

/** Round-trip times by how they were measured. As a part of the connection's record. */
final class RoundTripRecord {
  private RoundTripRecord() {}

  static void write(JsonWriter json, RoundTripReport report) {
    if (report.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("round_trips");
    for (Side side : Side.values()) {
      if (!report.from(side).isEmpty()) {
        write(json, side, report.from(side));
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonWriter json, Side side, RoundTrips trips) {
    json.writeObjectFieldStart("from_", side.id());
    if (trips.handshakeNanos() != RoundTrips.UNKNOWN) {
      RecordFields.duration(json, "handshake", trips.handshakeNanos());
    }
    write(json, "data", trips.data());
    write(json, "timestamps", trips.timestamps());
    write(json, "delayed_acks", trips.delayedAcks());
    if (trips.unmeasured() > 0) {
      json.writeNumberField("unmeasured", trips.unmeasured());
    }
    write(json, trips.timer());
    json.writeEndObject();
  }

  private static void write(JsonWriter json, String name, RttStatistics statistics) {
    if (statistics.samples() == 0) {
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("samples", statistics.samples());
    RecordFields.duration(json, "min", statistics.minNanos());
    RecordFields.duration(json, "median", statistics.medianNanos());
    RecordFields.duration(json, "p95", statistics.p95Nanos());
    RecordFields.duration(json, "max", statistics.maxNanos());
    json.writeEndObject();
  }

  private static void write(JsonWriter json, @Nullable RetransmissionTimer timer) {
    if (timer == null) {
      return;
    }
    RecordFields.duration(json, "srtt", timer.smoothedNanos());
    RecordFields.duration(json, "rttvar", timer.variationNanos());
    RecordFields.duration(json, "rto", timer.timeoutNanos());
    json.writeNumberField("fired", timer.fired());
    if (timer.timeouts().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("observed_timeouts");
    for (RetransmissionTimer.Timeout timeout : timer.timeouts()) {
      json.writeStartObject();
      json.writeNumberField("frame", timeout.frame());
      RecordFields.duration(json, "waited", timeout.waitedNanos());
      RecordFields.duration(json, "expected", timeout.expectedNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
