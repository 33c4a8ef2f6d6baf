package dev.conntrace.samples;

import static dev.conntrace.samples.Shape.bool;
import static dev.conntrace.samples.Shape.list;
import static dev.conntrace.samples.Shape.map;
import static dev.conntrace.samples.Shape.oneOf;
import static dev.conntrace.samples.Shape.text;
import static dev.conntrace.samples.Shape.whole;

import dev.conntrace.samples.Shape.Form;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records that other programs rely on. Written out here, not taken from the code, so that a
 * field or value cannot change its name unnoticed: what is here changes only by adding.
 */
final class Contract {
  static final Set<String> ANNOTATIONS =
      Set.of(
          ("syn syn-ack handshake-complete simultaneous-open fast-open refused port-reused"
                  + " time-wait-reused retransmission fast-retransmission timeout-retransmission"
                  + " tail-loss-probe syn-retransmission fin-retransmission"
                  + " spurious-retransmission out-of-order duplicate-packet"
                  + " previous-segment-missing acked-unseen-segment overlap-conflict duplicate-ack"
                  + " partial-ack stale-ack stretch-ack sack dsack sack-invalid sack-reneging"
                  + " challenge-ack delayed-ack nagle-wait zero-window window-full window-update"
                  + " window-shrunk beyond-window zero-window-probe zero-window-probe-ack"
                  + " keep-alive keep-alive-ack keep-alive-timeout idle-restart ecn-ce ecn-echo cwr"
                  + " icmp-unreachable fragmentation-needed bad-checksum fin fin-acked half-close"
                  + " simultaneous-close close-complete time-wait reset reset-ignored"
                  + " data-after-close")
              .split(" "));

  private static final long UINT32 = 0xFFFF_FFFFL;

  static final Form COUNT = whole(0, Long.MAX_VALUE);
  static final Form POSITIVE = whole(1, Long.MAX_VALUE);
  static final Form ANY_WHOLE = whole(Long.MIN_VALUE, Long.MAX_VALUE);
  static final Form TIME = text("-?\\d+\\.\\d{9}");

  /** What a file says, whatever that may be. */
  private static final Form ANY_TEXT = text("(?s).+");

  private static final Form HOST = text("[0-9a-f:.]+");
  private static final Form WORDS = text("[ -~]+");
  static final Form SIDE = oneOf("client", "server");
  private static final Form PARTY = oneOf("client", "server", "both");
  static final Form ENDPOINT =
      text("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:]+(\\.\\d{1,3}){0,3}\\]):\\d{1,5}");
  private static final Form STATE =
      oneOf(
          "CLOSED",
          "LISTEN",
          "SYN_SENT",
          "SYN_RECEIVED",
          "ESTABLISHED",
          "FIN_WAIT_1",
          "FIN_WAIT_2",
          "CLOSE_WAIT",
          "CLOSING",
          "LAST_ACK",
          "TIME_WAIT",
          "UNKNOWN");
  private static final Form OPENED =
      oneOf(
          "three-way",
          "simultaneous",
          "split",
          "fast-open",
          "self",
          "refused",
          "filtered",
          "unanswered",
          "incomplete",
          "midstream");
  private static final Form CLOSED =
      oneOf(
          "four-segment",
          "three-segment",
          "simultaneous",
          "half-closed",
          "reset",
          "open",
          "never-opened");
  private static final Form ANNOTATION = oneOf(ANNOTATIONS.toArray(String[]::new));
  private static final Form ANNOTATION_COUNTS = map(ANNOTATION, POSITIVE);
  private static final Form SKIP_REASON = text("[a-z]+(-[a-z0-9]+)*");

  /** Seconds: a plain number with at most nine decimals. */
  static final Form DURATION =
      (where, value, fault) -> {
        boolean good =
            value instanceof Long || (value instanceof BigDecimal number && number.scale() <= 9);
        if (!good) {
          fault.accept(where + " is " + value + ", no number with at most nine decimals");
        }
      };

  private static final Form PROBLEM =
      oneOf(
          "drops",
          "one-sided",
          "doubled",
          "snapped",
          "time-backwards",
          "clock-step",
          "midstream",
          "checksum-partial",
          "checksum-bad",
          "checksum-unreliable",
          "bytes-missing",
          "offload-sized",
          "fragments-incomplete",
          "fragments-timed-out",
          "fragments-overlap",
          "damaged",
          "bound-reached");

  private static final Form QUALITY =
      list(
          new Shape()
              .has("id", PROBLEM)
              .has("count", POSITIVE)
              .mayHave("frames", list(POSITIVE))
              .has("text", WORDS)
              .form());

  private static final Form NOTE =
      new Shape()
          .has("annotation", ANNOTATION)
          .has("rule", text("[a-z0-9]+([-.][a-z0-9]+)*"))
          .has("text", WORDS)
          .has("evidence", list(POSITIVE))
          .has("confidence", oneOf("certain", "likely", "ambiguous"))
          .mayHave("alternative", ANNOTATION)
          .mayHave("doubt", PROBLEM)
          .form();

  private static final Form PACKET =
      record("packet")
          .has("frame", POSITIVE)
          .mayHave("source_file", text(".+"))
          .mayHave("source_frame", POSITIVE)
          .mayHave("time", TIME)
          .has("connection", POSITIVE)
          .has("from", SIDE)
          .has("src", ENDPOINT)
          .has("dst", ENDPOINT)
          .has("flags", text("F?S?R?P?A?U?E?C?N?"))
          .has("seq", whole(0, UINT32))
          .mayHave("ack", whole(0, UINT32))
          .has("seq_rel", ANY_WHOLE)
          .mayHave("ack_rel", ANY_WHOLE)
          .has("len", whole(0, UINT32))
          .has("window", whole(0, 65_535L << 14))
          .mayHave("window_scale", oneOf("unknown"))
          .mayHave("window_at_least", POSITIVE)
          .has("annotations", list(ANNOTATION))
          .has("notes", list(NOTE))
          .mayHave("fragments", list(POSITIVE))
          .has("client_state", STATE)
          .has("server_state", STATE)
          .mayHave("interface", ANY_TEXT)
          .mayHave("comment", ANY_TEXT)
          .mayHave(
              "acks",
              new Shape()
                  .has("segments", COUNT)
                  .mayHave("is_least", bool())
                  .has("bytes", COUNT)
                  .mayHave("unseen_bytes", POSITIVE)
                  .mayHave("first_frame", POSITIVE)
                  .mayHave("last_frame", POSITIVE)
                  .mayHave("partly_frame", POSITIVE)
                  .mayHave("resent", POSITIVE)
                  .mayHave("waited", DURATION)
                  .mayHave("newest_waited", DURATION)
                  .form())
          .form();

  private static final Form REVISION =
      record("revision")
          .has("frame", POSITIVE)
          .has("connection", POSITIVE)
          .has("annotations", list(ANNOTATION))
          .has("notes", list(NOTE))
          .form();

  private static final Form KERNEL =
      record("kernel")
          .has("time", TIME)
          .has("connection", POSITIVE)
          .has("side", SIDE)
          .has("state", STATE)
          .has("inferred", STATE)
          .has("agreement", oneOf("agrees", "ahead", "behind", "explained", "contradicts"))
          .mayHave("reason", WORDS)
          .has("source", oneOf("sock_diag", "inet_sock_set_state"))
          .mayHave("held", bool())
          .mayHave("accept_queue", COUNT)
          .mayHave("backlog", COUNT)
          .mayHave("time_left", DURATION)
          .mayHave("receive_queue", COUNT)
          .mayHave("send_queue", COUNT)
          .mayHave("timer", oneOf("retransmission", "keep-alive", "time-wait", "persist"))
          .mayHave("timer_left", DURATION)
          .mayHave(
              "tcp_info",
              new Shape()
                  .has("cwnd", COUNT)
                  .mayHave("ssthresh", COUNT)
                  .has("mss", COUNT)
                  .mayHave("rtt", DURATION)
                  .mayHave("rttvar", DURATION)
                  .has("rto", DURATION)
                  .has("retransmissions", COUNT)
                  .has("unacknowledged", COUNT)
                  .form())
          .mayHave("owner", new Shape().has("pid", POSITIVE).has("command", text("(?s).*")).form())
          .has(
              "proves",
              list(
                  oneOf(
                      "socket", "bind", "listen", "connect", "accept", "send", "receive", "close")))
          .form();

  private static final Form OFFER =
      new Shape()
          .mayHave("mss", whole(0, 65_535))
          .mayHave("window_scale", whole(0, 255))
          .has("sack", bool())
          .has("timestamps", bool())
          .has("ecn", WORDS)
          .has("tfo", WORDS)
          .form();

  private static final Form HANDSHAKE =
      new Shape()
          .mayHave("syn_frame", POSITIVE)
          .mayHave("syn_ack_frame", POSITIVE)
          .mayHave("ack_frame", POSITIVE)
          .mayHave("rtt_server", DURATION)
          .mayHave("rtt_client", DURATION)
          .mayHave("client", OFFER)
          .mayHave("server", OFFER)
          .mayHave(
              "in_force",
              new Shape()
                  .has("client_mss", whole(0, 65_535))
                  .has("server_mss", whole(0, 65_535))
                  .has("client_window_scale", whole(0, 14))
                  .has("server_window_scale", whole(0, 14))
                  .has("sack", bool())
                  .has("timestamps", bool())
                  .has("ecn", WORDS)
                  .form())
          .mayHave(
              "mptcp",
              new Shape()
                  .has("joins", bool())
                  .has("accepted", bool())
                  .mayHave("version", whole(0, 15))
                  .mayHave("token", WORDS)
                  .mayHave("connection", POSITIVE)
                  .form())
          .form();

  private static final Form TOTALS =
      new Shape()
          .has("segments", COUNT)
          .has("bytes", COUNT)
          .has("unique_bytes", COUNT)
          .has("missing_bytes", COUNT)
          .form();

  private static final Form CONNECTION =
      record("connection")
          .has("connection", POSITIVE)
          .has("client", ENDPOINT)
          .has("server", ENDPOINT)
          .has("role_evidence", oneOf("syn", "syn-ack", "port", "first-packet"))
          .has("first_frame", POSITIVE)
          .has("last_frame", POSITIVE)
          .mayHave("start", TIME)
          .mayHave("end", TIME)
          .mayHave("duration", DURATION)
          .has("opened", OPENED)
          .mayHave("opened_confidence", text("likely"))
          .has("closed", CLOSED)
          .mayHave("closed_first", PARTY)
          .has("client_state", STATE)
          .has("server_state", STATE)
          .mayHave(
              "time_wait",
              new Shape()
                  .has("owner", PARTY)
                  .mayHave("start", TIME)
                  .mayHave("expected_end", TIME)
                  .has("restarts", COUNT)
                  .mayHave("ended", TIME)
                  .mayHave("taken_over_by", POSITIVE)
                  .mayHave("taken_over_frame", POSITIVE)
                  .form())
          .mayHave("handshake", HANDSHAKE)
          .has(
              "rtt",
              new Shape()
                  .mayHave("min", DURATION)
                  .mayHave("median", DURATION)
                  .mayHave("p95", DURATION)
                  .mayHave("max", DURATION)
                  .has("samples", COUNT)
                  .form())
          .has("from_client", TOTALS)
          .has("from_server", TOTALS)
          .has("annotations", ANNOTATION_COUNTS)
          .has("capture_quality", QUALITY)
          .mayHave("encapsulation", WORDS)
          .mayHave("key", WORDS)
          .has("capture_point", oneOf("both", "client", "server", "between", "unknown"))
          .mayHave("stalls", HistoryContract.STALLS)
          .mayHave("recoveries", HistoryContract.RECOVERIES)
          .mayHave("congestion", HistoryContract.CONGESTION)
          .mayHave("round_trips", HistoryContract.ROUND_TRIPS)
          .mayHave("buffers", HistoryContract.BUFFERS)
          .form();

  private static final Form LISTENERS =
      list(
          new Shape()
              .has("server", ENDPOINT)
              .has("clients", COUNT)
              .has("clients_exact", bool())
              .has("connections", COUNT)
              .has("most_at_once", COUNT)
              .has("refused", COUNT)
              .has("unanswered", COUNT)
              .form());

  private static final Form DATAGRAMS =
      new Shape().has("datagrams", COUNT).has("bytes", COUNT).form();

  private static final Form UDP =
      new Shape()
          .has("conversations", POSITIVE)
          .has("conversations_exact", bool())
          .has(
              "busiest",
              list(
                  new Shape()
                      .has("first", ENDPOINT)
                      .has("second", ENDPOINT)
                      .mayHave("start", TIME)
                      .mayHave("end", TIME)
                      .has("from_first", DATAGRAMS)
                      .has("from_second", DATAGRAMS)
                      .form()))
          .form();

  private static final Form LINK_TYPES =
      list(
          new Shape()
              .has("number", whole(0, 65_535))
              .has("name", WORDS)
              .has("count", POSITIVE)
              .form());

  private static final Form SECTIONS =
      list(
          new Shape()
              .mayHave("hardware", ANY_TEXT)
              .mayHave("os", ANY_TEXT)
              .mayHave("application", ANY_TEXT)
              .mayHave("comment", ANY_TEXT)
              .form());

  private static final Form SUMMARY =
      record("summary")
          .has("frames", COUNT)
          .has("checksums_verified", COUNT)
          .has("tcp_segments", COUNT)
          .has("skipped", map(SKIP_REASON, POSITIVE))
          .has("connections", COUNT)
          .has("opened", map(OPENED, POSITIVE))
          .has("closed", map(CLOSED, POSITIVE))
          .has("annotations", ANNOTATION_COUNTS)
          .has("capture_quality", QUALITY)
          .has("listeners", LISTENERS)
          .mayHave("udp", UDP)
          .mayHave("unknown_link_types", LINK_TYPES)
          .mayHave("sections", SECTIONS)
          .mayHave("host_names", map(HOST, ANY_TEXT))
          .form();

  private static final Map<String, Form> RECORDS =
      Map.of(
          "packet",
          PACKET,
          "revision",
          REVISION,
          "kernel",
          KERNEL,
          "connection",
          CONNECTION,
          "summary",
          SUMMARY,
          "chunk",
          StreamContract.CHUNK,
          "gap",
          StreamContract.GAP,
          "conflict",
          StreamContract.CONFLICT,
          "aside",
          StreamContract.ASIDE,
          "stream",
          StreamContract.STREAM);

  private Contract() {}

  static Shape record(String type) {
    return new Shape().has("type", oneOf(type)).has("schema", whole(1, 1)).has("file", text(".+"));
  }

  /** Adds what is wrong with a record taken by itself to {@code faults}. */
  static void check(Map<String, Object> record, List<String> faults) {
    Form form = RECORDS.get(record.get("type"));
    if (form == null) {
      faults.add("no type of the contract: " + record.get("type"));
    } else {
      form.check(record.get("type").toString(), record, faults::add);
    }
  }
}
