package dev.conntrace.render;

import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionHistory;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Handshake.InForce;
import dev.conntrace.trace.Handshake.Offer;
import dev.conntrace.trace.Multipath;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.TimeWait;

/** The record of one connection. */
final class ConnectionRecord {
  private ConnectionRecord() {}

  static void write(JsonWriter json, String file, ConnectionReport report) {
    RecordFields.begin(json, "connection", file);
    json.writeNumberField("connection", report.connection());
    json.writeStringField("client", report.key().client().toString());
    json.writeStringField("server", report.key().server().toString());
    json.writeStringField("role_evidence", report.roleEvidence().id());
    json.writeNumberField("first_frame", report.firstFrame());
    json.writeNumberField("last_frame", report.lastFrame());
    writeTimes(json, report);
    json.writeStringField("opened", report.opened().id());
    if (report.openedConfidence() != Confidence.CERTAIN) {
      json.writeStringField("opened_confidence", report.openedConfidence().id());
    }
    json.writeStringField("closed", report.closed().id());
    Party first = report.closedFirst();
    if (first != null) {
      json.writeStringField("closed_first", first.id());
    }
    json.writeStringField("client_state", report.clientState().name());
    json.writeStringField("server_state", report.serverState().name());
    writeTimeWait(json, report);
    writeHandshake(json, report);
    writeRtt(json, report.rtt());
    writeTotals(json, "from_client", report.fromClient());
    writeTotals(json, "from_server", report.fromServer());
    RecordFields.annotations(json, report.annotations());
    RecordFields.quality(json, report.quality());
    if (report.encapsulation() != null) {
      json.writeStringField("encapsulation", report.encapsulation());
    }
    if (report.scope() != null) {
      json.writeStringField("key", report.scope());
    }
    json.writeStringField("capture_point", report.capturePoint().id());
    writeHistory(json, report);
    json.writeEndObject();
  }

  private static void writeHistory(JsonWriter json, ConnectionReport report) {
    ConnectionHistory history = report.history();
    StallRecord.write(json, report);
    RecoveryRecord.write(json, history.recoveries());
    CongestionRecord.write(json, history.congestion());
    RoundTripRecord.write(json, history.roundTrips());
    BufferRecord.write(json, history.buffers());
  }

  private static void writeTimes(JsonWriter json, ConnectionReport report) {
    RecordFields.moment(json, "start", report.startNanos());
    RecordFields.moment(json, "end", report.endNanos());
    if (report.startNanos() != SegmentFacts.NO_TIMESTAMP
        && report.endNanos() != SegmentFacts.NO_TIMESTAMP) {
      RecordFields.duration(json, "duration", report.durationNanos());
    }
  }

  private static void writeTimeWait(JsonWriter json, ConnectionReport report) {
    TimeWait wait = report.timeWait();
    if (wait == null) {
      return;
    }
    json.writeObjectFieldStart("time_wait");
    json.writeStringField("owner", wait.owner().id());
    RecordFields.moment(json, "start", wait.startNanos());
    RecordFields.moment(json, "expected_end", wait.expectedEndNanos());
    json.writeNumberField("restarts", wait.restarts());
    if (wait.takeOver() != null) {
      RecordFields.moment(json, "ended", wait.takeOver().nanos());
      json.writeNumberField("taken_over_by", wait.takeOver().connection());
      json.writeNumberField("taken_over_frame", wait.takeOver().frame());
    }
    json.writeEndObject();
  }

  private static void writeHandshake(JsonWriter json, ConnectionReport report) {
    Handshake handshake = report.handshake();
    if (handshake == null) {
      return;
    }
    json.writeObjectFieldStart("handshake");
    RecordFields.number(json, "syn_frame", handshake.synFrame());
    RecordFields.number(json, "syn_ack_frame", handshake.synAckFrame());
    RecordFields.number(json, "ack_frame", handshake.ackFrame());
    RecordFields.duration(json, "rtt_server", handshake.rttServerNanos());
    RecordFields.duration(json, "rtt_client", handshake.rttClientNanos());
    writeOffer(json, "client", handshake.client());
    writeOffer(json, "server", handshake.server());
    // What neither side has offered yet cannot be in force.
    if (handshake.client().seen() && handshake.server().seen()) {
      writeInForce(json, handshake.inForce());
    }
    if (handshake.multipath() != null) {
      writeMultipath(json, handshake.multipath());
    }
    json.writeEndObject();
  }

  private static void writeMultipath(JsonWriter json, Multipath multipath) {
    json.writeObjectFieldStart("mptcp");
    json.writeBooleanField("joins", multipath.joins());
    json.writeBooleanField("accepted", multipath.accepted());
    RecordFields.number(json, "version", multipath.version());
    if (multipath.token().isPresent()) {
      json.writeStringField("token", multipath.tokenText());
    }
    if (multipath.firstConnection() > 0) {
      json.writeNumberField("connection", multipath.firstConnection());
    }
    json.writeEndObject();
  }

  private static void writeOffer(JsonWriter json, String side, Offer offer) {
    if (!offer.seen()) {
      return;
    }
    json.writeObjectFieldStart(side);
    RecordFields.number(json, "mss", offer.mssBytes());
    RecordFields.number(json, "window_scale", offer.windowScale());
    json.writeBooleanField("sack", offer.sack());
    json.writeBooleanField("timestamps", offer.timestamps());
    json.writeStringField("ecn", offer.ecn());
    json.writeStringField("tfo", offer.fastOpen());
    json.writeEndObject();
  }

  private static void writeInForce(JsonWriter json, InForce force) {
    json.writeObjectFieldStart("in_force");
    json.writeNumberField("client_mss", force.clientMssBytes());
    json.writeNumberField("server_mss", force.serverMssBytes());
    json.writeNumberField("client_window_scale", force.clientWindowScale());
    json.writeNumberField("server_window_scale", force.serverWindowScale());
    json.writeBooleanField("sack", force.sack());
    json.writeBooleanField("timestamps", force.timestamps());
    json.writeStringField("ecn", force.ecn());
    json.writeEndObject();
  }

  private static void writeRtt(JsonWriter json, RttStatistics rtt) {
    json.writeObjectFieldStart("rtt");
    if (rtt.samples() > 0) {
      RecordFields.duration(json, "min", rtt.minNanos());
      RecordFields.duration(json, "median", rtt.medianNanos());
      RecordFields.duration(json, "p95", rtt.p95Nanos());
      RecordFields.duration(json, "max", rtt.maxNanos());
    }
    json.writeNumberField("samples", rtt.samples());
    json.writeEndObject();
  }

  private static void writeTotals(JsonWriter json, String name, DirectionTotals totals) {
    json.writeObjectFieldStart(name);
    json.writeNumberField("segments", totals.segments());
    json.writeNumberField("bytes", totals.bytes());
    json.writeNumberField("unique_bytes", totals.uniqueBytes());
    json.writeNumberField("missing_bytes", totals.missingBytes());
    json.writeEndObject();
  }
}
