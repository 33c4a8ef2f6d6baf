package dev.conntrace.trace.field;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.SegmentFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a connection's record, in the order of the record. */
public enum ConnectionField implements RecordField {
  CONNECTION("connection", FieldType.NUMBER),
  CLIENT("client", FieldType.ADDRESS),
  SERVER("server", FieldType.ADDRESS),
  ROLE_EVIDENCE("role_evidence", Words.ROLE_EVIDENCE),
  FIRST_FRAME("first_frame", FieldType.NUMBER),
  LAST_FRAME("last_frame", FieldType.NUMBER),
  START("start", FieldType.TIME),
  END("end", FieldType.TIME),
  DURATION("duration", FieldType.DURATION),
  OPENED("opened", Words.OPENED),
  OPENED_CONFIDENCE("opened_confidence", Words.CONFIDENCE),
  CLOSED("closed", Words.CLOSED),
  CLOSED_FIRST("closed_first", Words.PARTY),
  CLIENT_STATE("client_state", Words.STATE),
  SERVER_STATE("server_state", Words.STATE),
  TIME_WAIT_OWNER("time_wait.owner", Words.PARTY),
  TIME_WAIT_START("time_wait.start", FieldType.TIME),
  TIME_WAIT_EXPECTED_END("time_wait.expected_end", FieldType.TIME),
  TIME_WAIT_RESTARTS("time_wait.restarts", FieldType.NUMBER),
  TIME_WAIT_ENDED("time_wait.ended", FieldType.TIME),
  TIME_WAIT_TAKEN_OVER_BY("time_wait.taken_over_by", FieldType.NUMBER),
  TIME_WAIT_TAKEN_OVER_FRAME("time_wait.taken_over_frame", FieldType.NUMBER),
  SYN_FRAME("handshake.syn_frame", FieldType.NUMBER),
  SYN_ACK_FRAME("handshake.syn_ack_frame", FieldType.NUMBER),
  ACK_FRAME("handshake.ack_frame", FieldType.NUMBER),
  RTT_SERVER("handshake.rtt_server", FieldType.DURATION),
  RTT_CLIENT("handshake.rtt_client", FieldType.DURATION),
  CLIENT_MSS("handshake.client.mss", FieldType.NUMBER),
  CLIENT_WINDOW_SCALE("handshake.client.window_scale", FieldType.NUMBER),
  CLIENT_SACK("handshake.client.sack", FieldType.TRUTH),
  CLIENT_TIMESTAMPS("handshake.client.timestamps", FieldType.TRUTH),
  CLIENT_ECN("handshake.client.ecn", Words.ECN),
  CLIENT_TFO("handshake.client.tfo", Words.FAST_OPEN),
  SERVER_MSS("handshake.server.mss", FieldType.NUMBER),
  SERVER_WINDOW_SCALE("handshake.server.window_scale", FieldType.NUMBER),
  SERVER_SACK("handshake.server.sack", FieldType.TRUTH),
  SERVER_TIMESTAMPS("handshake.server.timestamps", FieldType.TRUTH),
  SERVER_ECN("handshake.server.ecn", Words.ECN),
  SERVER_TFO("handshake.server.tfo", Words.FAST_OPEN),
  FORCE_CLIENT_MSS("handshake.in_force.client_mss", FieldType.NUMBER),
  FORCE_SERVER_MSS("handshake.in_force.server_mss", FieldType.NUMBER),
  FORCE_CLIENT_WINDOW_SCALE("handshake.in_force.client_window_scale", FieldType.NUMBER),
  FORCE_SERVER_WINDOW_SCALE("handshake.in_force.server_window_scale", FieldType.NUMBER),
  FORCE_SACK("handshake.in_force.sack", FieldType.TRUTH),
  FORCE_TIMESTAMPS("handshake.in_force.timestamps", FieldType.TRUTH),
  FORCE_ECN("handshake.in_force.ecn", Words.ECN),
  MPTCP_JOINS("handshake.mptcp.joins", FieldType.TRUTH),
  MPTCP_ACCEPTED("handshake.mptcp.accepted", FieldType.TRUTH),
  MPTCP_VERSION("handshake.mptcp.version", FieldType.NUMBER),
  MPTCP_TOKEN("handshake.mptcp.token", FieldType.TEXT),
  MPTCP_CONNECTION("handshake.mptcp.connection", FieldType.NUMBER),
  RTT_MIN("rtt.min", FieldType.DURATION),
  RTT_MEDIAN("rtt.median", FieldType.DURATION),
  RTT_P95("rtt.p95", FieldType.DURATION),
  RTT_MAX("rtt.max", FieldType.DURATION),
  RTT_SAMPLES("rtt.samples", FieldType.NUMBER),
  CLIENT_SEGMENTS("from_client.segments", FieldType.NUMBER),
  CLIENT_BYTES("from_client.bytes", FieldType.NUMBER),
  CLIENT_UNIQUE_BYTES("from_client.unique_bytes", FieldType.NUMBER),
  CLIENT_MISSING_BYTES("from_client.missing_bytes", FieldType.NUMBER),
  SERVER_SEGMENTS("from_server.segments", FieldType.NUMBER),
  SERVER_BYTES("from_server.bytes", FieldType.NUMBER),
  SERVER_UNIQUE_BYTES("from_server.unique_bytes", FieldType.NUMBER),
  SERVER_MISSING_BYTES("from_server.missing_bytes", FieldType.NUMBER),
  ANNOTATIONS("annotations", Words.ANNOTATION),
  QUALITY_ID("capture_quality.id", Words.PROBLEM),
  QUALITY_COUNT("capture_quality.count", FieldType.NUMBER),
  QUALITY_FRAMES("capture_quality.frames", FieldType.NUMBER),
  QUALITY_TEXT("capture_quality.text", FieldType.TEXT),
  ENCAPSULATION("encapsulation", FieldType.TEXT),
  KEY("key", FieldType.TEXT),
  CAPTURE_POINT("capture_point", Words.CAPTURE_POINT),
  CLIENT_STALLS("stalls.from_client.count", FieldType.NUMBER),
  CLIENT_STALLED("stalls.from_client.total", FieldType.DURATION),
  SERVER_STALLS("stalls.from_server.count", FieldType.NUMBER),
  SERVER_STALLED("stalls.from_server.total", FieldType.DURATION),
  STALLS_LEFT_OUT("stalls.left_out", FieldType.NUMBER),
  STALLED_LEFT_OUT("stalls.left_out_total", FieldType.DURATION),
  CLIENT_REPAIRS("recoveries.from_client.count", FieldType.NUMBER),
  CLIENT_REPAIR_SEGMENTS("recoveries.from_client.segments", FieldType.NUMBER),
  CLIENT_REPAIR_BYTES("recoveries.from_client.bytes", FieldType.NUMBER),
  CLIENT_REPAIR_TIMEOUTS("recoveries.from_client.timeouts", FieldType.NUMBER),
  CLIENT_NEEDLESS_REPAIRS("recoveries.from_client.needless", FieldType.NUMBER),
  SERVER_REPAIRS("recoveries.from_server.count", FieldType.NUMBER),
  SERVER_REPAIR_SEGMENTS("recoveries.from_server.segments", FieldType.NUMBER),
  SERVER_REPAIR_BYTES("recoveries.from_server.bytes", FieldType.NUMBER),
  SERVER_REPAIR_TIMEOUTS("recoveries.from_server.timeouts", FieldType.NUMBER),
  SERVER_NEEDLESS_REPAIRS("recoveries.from_server.needless", FieldType.NUMBER),
  CLIENT_DATA_SEGMENTS("buffers.from_client.data_segments", FieldType.NUMBER),
  CLIENT_FULL_SIZED("buffers.from_client.full_sized_segments", FieldType.NUMBER),
  CLIENT_PUSH_RUNS("buffers.from_client.push_runs", FieldType.NUMBER),
  CLIENT_UNACKNOWLEDGED("buffers.from_client.max_unacknowledged_bytes", FieldType.NUMBER),
  CLIENT_OUT_OF_ORDER("buffers.from_client.max_out_of_order_bytes", FieldType.NUMBER),
  CLIENT_UNREAD("buffers.from_client.max_unread_bytes", FieldType.NUMBER),
  CLIENT_DELAYED("buffers.from_client.delayed_bytes", FieldType.NUMBER),
  CLIENT_LONGEST_DELAY("buffers.from_client.longest_delay", FieldType.DURATION),
  SERVER_DATA_SEGMENTS("buffers.from_server.data_segments", FieldType.NUMBER),
  SERVER_FULL_SIZED("buffers.from_server.full_sized_segments", FieldType.NUMBER),
  SERVER_PUSH_RUNS("buffers.from_server.push_runs", FieldType.NUMBER),
  SERVER_UNACKNOWLEDGED("buffers.from_server.max_unacknowledged_bytes", FieldType.NUMBER),
  SERVER_OUT_OF_ORDER("buffers.from_server.max_out_of_order_bytes", FieldType.NUMBER),
  SERVER_UNREAD("buffers.from_server.max_unread_bytes", FieldType.NUMBER),
  SERVER_DELAYED("buffers.from_server.delayed_bytes", FieldType.NUMBER),
  SERVER_LONGEST_DELAY("buffers.from_server.longest_delay", FieldType.DURATION),
  CLIENT_FLIGHT_BASIS("congestion.from_client.basis", Words.FLIGHT_BASIS),
  CLIENT_INITIAL_WINDOW_BYTES("congestion.from_client.initial_window_bytes", FieldType.NUMBER),
  CLIENT_INITIAL_WINDOW_SEGMENTS(
      "congestion.from_client.initial_window_segments", FieldType.NUMBER),
  CLIENT_MAX_FLIGHT_BYTES("congestion.from_client.max_flight_bytes", FieldType.NUMBER),
  CLIENT_MAX_FLIGHT_SEGMENTS("congestion.from_client.max_flight_segments", FieldType.NUMBER),
  CLIENT_ROUNDS("congestion.from_client.rounds", FieldType.NUMBER),
  CLIENT_PHASES_LEFT_OUT("congestion.from_client.left_out", FieldType.NUMBER),
  SERVER_FLIGHT_BASIS("congestion.from_server.basis", Words.FLIGHT_BASIS),
  SERVER_INITIAL_WINDOW_BYTES("congestion.from_server.initial_window_bytes", FieldType.NUMBER),
  SERVER_INITIAL_WINDOW_SEGMENTS(
      "congestion.from_server.initial_window_segments", FieldType.NUMBER),
  SERVER_MAX_FLIGHT_BYTES("congestion.from_server.max_flight_bytes", FieldType.NUMBER),
  SERVER_MAX_FLIGHT_SEGMENTS("congestion.from_server.max_flight_segments", FieldType.NUMBER),
  SERVER_ROUNDS("congestion.from_server.rounds", FieldType.NUMBER),
  SERVER_PHASES_LEFT_OUT("congestion.from_server.left_out", FieldType.NUMBER),
  CLIENT_LEG("round_trips.from_client.handshake", FieldType.DURATION),
  CLIENT_TRIPS("round_trips.from_client.data.samples", FieldType.NUMBER),
  CLIENT_TRIPS_MIN("round_trips.from_client.data.min", FieldType.DURATION),
  CLIENT_TRIPS_MEDIAN("round_trips.from_client.data.median", FieldType.DURATION),
  CLIENT_TRIPS_P95("round_trips.from_client.data.p95", FieldType.DURATION),
  CLIENT_TRIPS_MAX("round_trips.from_client.data.max", FieldType.DURATION),
  CLIENT_TRIPS_UNMEASURED("round_trips.from_client.unmeasured", FieldType.NUMBER),
  CLIENT_SRTT("round_trips.from_client.srtt", FieldType.DURATION),
  CLIENT_RTTVAR("round_trips.from_client.rttvar", FieldType.DURATION),
  CLIENT_RTO("round_trips.from_client.rto", FieldType.DURATION),
  CLIENT_TIMEOUTS("round_trips.from_client.fired", FieldType.NUMBER),
  SERVER_LEG("round_trips.from_server.handshake", FieldType.DURATION),
  SERVER_TRIPS("round_trips.from_server.data.samples", FieldType.NUMBER),
  SERVER_TRIPS_MIN("round_trips.from_server.data.min", FieldType.DURATION),
  SERVER_TRIPS_MEDIAN("round_trips.from_server.data.median", FieldType.DURATION),
  SERVER_TRIPS_P95("round_trips.from_server.data.p95", FieldType.DURATION),
  SERVER_TRIPS_MAX("round_trips.from_server.data.max", FieldType.DURATION),
  SERVER_TRIPS_UNMEASURED("round_trips.from_server.unmeasured", FieldType.NUMBER),
  SERVER_SRTT("round_trips.from_server.srtt", FieldType.DURATION),
  SERVER_RTTVAR("round_trips.from_server.rttvar", FieldType.DURATION),
  SERVER_RTO("round_trips.from_server.rto", FieldType.DURATION),
  SERVER_TIMEOUTS("round_trips.from_server.fired", FieldType.NUMBER);

  private static final ConnectionField[] ALL = values();

  private final String id;
  private final FieldType type;
  private final Words words;

  ConnectionField(String id, FieldType type) {
    this(id, type, Words.NONE);
  }

  ConnectionField(String id, Words words) {
    this(id, FieldType.WORD, words);
  }

  ConnectionField(String id, FieldType type, Words words) {
    this.id = id;
    this.type = type;
    this.words = words;
  }

  /** Returns the field of this name, or null if there is none. */
  public static @Nullable ConnectionField ofId(String id) {
    return RecordField.named(ALL, id);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public boolean isList() {
    return switch (this) {
      case ANNOTATIONS, QUALITY_ID, QUALITY_COUNT, QUALITY_FRAMES, QUALITY_TEXT -> true;
      default -> false;
    };
  }

  @Override
  public List<String> words() {
    return words.all();
  }

  /**
   * Returns the field's value, of the class that its type names; null where it is absent. That of
   * {@code annotations} is the ids of those that occurred; how often, only the report tells.
   */
  public @Nullable Object of(ConnectionReport report) {
    return switch (this) {
      case CONNECTION -> (long) report.connection();
      case CLIENT -> report.key().client();
      case SERVER -> report.key().server();
      case ROLE_EVIDENCE -> report.roleEvidence().id();
      case FIRST_FRAME -> report.firstFrame();
      case LAST_FRAME -> report.lastFrame();
      case START -> time(report.startNanos());
      case END -> time(report.endNanos());
      case DURATION ->
          time(report.startNanos()) == null || time(report.endNanos()) == null
              ? null
              : report.durationNanos();
      case OPENED -> report.opened().id();
      case OPENED_CONFIDENCE ->
          report.openedConfidence() == Confidence.CERTAIN ? null : report.openedConfidence().id();
      case CLOSED -> report.closed().id();
      case CLOSED_FIRST -> {
        Party first = report.closedFirst();
        yield first == null ? null : first.id();
      }
      case CLIENT_STATE -> report.clientState().name();
      case SERVER_STATE -> report.serverState().name();
      case RTT_MIN -> report.rtt().samples() == 0 ? null : report.rtt().minNanos();
      case RTT_MEDIAN -> report.rtt().samples() == 0 ? null : report.rtt().medianNanos();
      case RTT_P95 -> report.rtt().samples() == 0 ? null : report.rtt().p95Nanos();
      case RTT_MAX -> report.rtt().samples() == 0 ? null : report.rtt().maxNanos();
      case RTT_SAMPLES -> report.rtt().samples();
      case CLIENT_SEGMENTS -> report.fromClient().segments();
      case CLIENT_BYTES -> report.fromClient().bytes();
      case CLIENT_UNIQUE_BYTES -> report.fromClient().uniqueBytes();
      case CLIENT_MISSING_BYTES -> report.fromClient().missingBytes();
      case SERVER_SEGMENTS -> report.fromServer().segments();
      case SERVER_BYTES -> report.fromServer().bytes();
      case SERVER_UNIQUE_BYTES -> report.fromServer().uniqueBytes();
      case SERVER_MISSING_BYTES -> report.fromServer().missingBytes();
      case ANNOTATIONS -> kinds(report);
      case QUALITY_ID, QUALITY_COUNT, QUALITY_FRAMES, QUALITY_TEXT ->
          QualityValues.of(this, report.quality());
      case ENCAPSULATION -> report.encapsulation();
      case KEY -> report.scope();
      case CAPTURE_POINT -> report.capturePoint().id();
      case CLIENT_STALLS,
          CLIENT_STALLED,
          SERVER_STALLS,
          SERVER_STALLED,
          STALLS_LEFT_OUT,
          STALLED_LEFT_OUT ->
          StallValues.of(this, report);
      case CLIENT_REPAIRS,
          CLIENT_REPAIR_SEGMENTS,
          CLIENT_REPAIR_BYTES,
          CLIENT_REPAIR_TIMEOUTS,
          CLIENT_NEEDLESS_REPAIRS,
          SERVER_REPAIRS,
          SERVER_REPAIR_SEGMENTS,
          SERVER_REPAIR_BYTES,
          SERVER_REPAIR_TIMEOUTS,
          SERVER_NEEDLESS_REPAIRS ->
          RecoveryValues.of(this, report.history().recoveries());
      case CLIENT_DATA_SEGMENTS,
          CLIENT_FULL_SIZED,
          CLIENT_PUSH_RUNS,
          CLIENT_UNACKNOWLEDGED,
          CLIENT_OUT_OF_ORDER,
          CLIENT_UNREAD,
          CLIENT_DELAYED,
          CLIENT_LONGEST_DELAY ->
          BufferValues.of(this, report.history().buffers().fromClient());
      case SERVER_DATA_SEGMENTS,
          SERVER_FULL_SIZED,
          SERVER_PUSH_RUNS,
          SERVER_UNACKNOWLEDGED,
          SERVER_OUT_OF_ORDER,
          SERVER_UNREAD,
          SERVER_DELAYED,
          SERVER_LONGEST_DELAY ->
          BufferValues.of(this, report.history().buffers().fromServer());
      case CLIENT_FLIGHT_BASIS,
          CLIENT_INITIAL_WINDOW_BYTES,
          CLIENT_INITIAL_WINDOW_SEGMENTS,
          CLIENT_MAX_FLIGHT_BYTES,
          CLIENT_MAX_FLIGHT_SEGMENTS,
          CLIENT_ROUNDS,
          CLIENT_PHASES_LEFT_OUT,
          SERVER_FLIGHT_BASIS,
          SERVER_INITIAL_WINDOW_BYTES,
          SERVER_INITIAL_WINDOW_SEGMENTS,
          SERVER_MAX_FLIGHT_BYTES,
          SERVER_MAX_FLIGHT_SEGMENTS,
          SERVER_ROUNDS,
          SERVER_PHASES_LEFT_OUT ->
          CongestionValues.of(this, report.history().congestion());
      case CLIENT_LEG,
          CLIENT_TRIPS,
          CLIENT_TRIPS_MIN,
          CLIENT_TRIPS_MEDIAN,
          CLIENT_TRIPS_P95,
          CLIENT_TRIPS_MAX,
          CLIENT_TRIPS_UNMEASURED,
          CLIENT_SRTT,
          CLIENT_RTTVAR,
          CLIENT_RTO,
          CLIENT_TIMEOUTS,
          SERVER_LEG,
          SERVER_TRIPS,
          SERVER_TRIPS_MIN,
          SERVER_TRIPS_MEDIAN,
          SERVER_TRIPS_P95,
          SERVER_TRIPS_MAX,
          SERVER_TRIPS_UNMEASURED,
          SERVER_SRTT,
          SERVER_RTTVAR,
          SERVER_RTO,
          SERVER_TIMEOUTS ->
          RoundTripValues.of(this, report.history().roundTrips());
      default -> OpeningValues.of(this, report);
    };
  }

  static @Nullable Long time(long nanos) {
    return nanos == SegmentFacts.NO_TIMESTAMP ? null : nanos;
  }

  private static List<String> kinds(ConnectionReport report) {
    List<String> ids = new ArrayList<>(report.annotations().size());
    for (AnnotationKind kind : report.annotations().keySet()) {
      ids.add(kind.id());
    }
    return ids;
  }
}
