package dev.conntrace.samples;

import static dev.conntrace.samples.Shape.bool;
import static dev.conntrace.samples.Shape.list;
import static dev.conntrace.samples.Shape.oneOf;

import dev.conntrace.samples.Shape.Form;

/** The parts of a connection's record that tell of what took longer than one segment. */
final class HistoryContract {
  private static final Form STALL_TOTAL =
      new Shape().has("count", Contract.COUNT).mayHave("total", Contract.DURATION).form();

  private static final Form STALL =
      new Shape()
          .has("side", Contract.SIDE)
          .has("cause", oneOf("zero-window", "small-window", "window-full"))
          .has("shown", bool())
          .has("start_frame", Contract.POSITIVE)
          .mayHave("closed_frame", Contract.POSITIVE)
          .mayHave("end_frame", Contract.POSITIVE)
          .mayHave("resumed_frame", Contract.POSITIVE)
          .mayHave("start", Contract.TIME)
          .mayHave("duration", Contract.DURATION)
          .has("ended_by", oneOf("window-update", "probe-answer", "reset", "close", "capture-end"))
          .has("probes", Contract.COUNT)
          .has("fills", Contract.POSITIVE)
          .mayHave("waiting_bytes", Contract.POSITIVE)
          .form();

  static final Form STALLS =
      new Shape()
          .has("from_client", STALL_TOTAL)
          .has("from_server", STALL_TOTAL)
          .has("list", list(STALL))
          .mayHave("left_out", Contract.POSITIVE)
          .mayHave("left_out_total", Contract.DURATION)
          .form();

  private static final Form REPAIR =
      new Shape()
          .has("number", Contract.POSITIVE)
          .has(
              "trigger",
              oneOf(
                  "duplicate-acks", "sack", "timeout", "tail-loss-probe", "icmp-error", "unknown"))
          .has("first_frame", Contract.POSITIVE)
          .mayHave("start", Contract.TIME)
          .has("recovery_point", Contract.ANY_WHOLE)
          .has("start_flight_bytes", Contract.COUNT)
          .has("start_flight_segments", Contract.COUNT)
          .has("segments", Contract.POSITIVE)
          .has("bytes", Contract.COUNT)
          .has("timeouts", Contract.COUNT)
          .has("partial_acks", Contract.COUNT)
          .has("spurious", Contract.COUNT)
          .has("needless", bool())
          .has("ended", oneOf("acknowledged", "reset", "closed", "capture-end"))
          .mayHave("last_frame", Contract.POSITIVE)
          .mayHave("end", Contract.TIME)
          .mayHave("end_flight_bytes", Contract.COUNT)
          .mayHave("end_flight_segments", Contract.COUNT)
          .mayHave("duration", Contract.DURATION)
          .form();

  private static final Form REPAIRS =
      new Shape()
          .has("count", Contract.POSITIVE)
          .has("segments", Contract.POSITIVE)
          .has("bytes", Contract.COUNT)
          .has("timeouts", Contract.COUNT)
          .has("needless", Contract.COUNT)
          .has("list", list(REPAIR))
          .form();

  static final Form RECOVERIES =
      new Shape().mayHave("from_client", REPAIRS).mayHave("from_server", REPAIRS).form();

  private static final Form PHASE =
      new Shape()
          .has(
              "kind",
              oneOf(
                  "slow-start",
                  "avoidance",
                  "steady",
                  "recovery",
                  "after-timeout",
                  "ecn-reduction",
                  "application-limited",
                  "window-limited"))
          .has("first_frame", Contract.POSITIVE)
          .mayHave("start", Contract.TIME)
          .has("last_frame", Contract.POSITIVE)
          .mayHave("end", Contract.TIME)
          .has("start_flight_bytes", Contract.COUNT)
          .has("start_flight_segments", Contract.COUNT)
          .has("end_flight_bytes", Contract.COUNT)
          .has("end_flight_segments", Contract.COUNT)
          .has("max_flight_bytes", Contract.COUNT)
          .has("max_flight_segments", Contract.COUNT)
          .has("rounds", Contract.COUNT)
          .form();

  private static final Form SENDER =
      new Shape()
          .has("basis", oneOf("sender", "timestamps", "capture-point"))
          .mayHave("initial_window_bytes", Contract.COUNT)
          .mayHave("initial_window_segments", Contract.COUNT)
          .has("max_flight_bytes", Contract.COUNT)
          .has("max_flight_segments", Contract.COUNT)
          .has("rounds", Contract.COUNT)
          .has("phases", list(PHASE))
          .has("left_out", Contract.COUNT)
          .form();

  static final Form CONGESTION =
      new Shape().mayHave("from_client", SENDER).mayHave("from_server", SENDER).form();

  private static final Form SAMPLES =
      new Shape()
          .has("samples", Contract.POSITIVE)
          .has("min", Contract.DURATION)
          .has("median", Contract.DURATION)
          .has("p95", Contract.DURATION)
          .has("max", Contract.DURATION)
          .form();

  private static final Form TIMEOUT =
      new Shape()
          .has("frame", Contract.POSITIVE)
          .has("waited", Contract.DURATION)
          .has("expected", Contract.DURATION)
          .form();

  private static final Form SENT_ROUND_TRIPS =
      new Shape()
          .mayHave("handshake", Contract.DURATION)
          .mayHave("data", SAMPLES)
          .mayHave("timestamps", SAMPLES)
          .mayHave("delayed_acks", SAMPLES)
          .mayHave("unmeasured", Contract.POSITIVE)
          .mayHave("srtt", Contract.DURATION)
          .mayHave("rttvar", Contract.DURATION)
          .mayHave("rto", Contract.DURATION)
          .mayHave("fired", Contract.COUNT)
          .mayHave("observed_timeouts", list(TIMEOUT))
          .form();

  static final Form ROUND_TRIPS =
      new Shape()
          .mayHave("from_client", SENT_ROUND_TRIPS)
          .mayHave("from_server", SENT_ROUND_TRIPS)
          .form();

  private static final Form SIZES =
      new Shape()
          .has("min", Contract.POSITIVE)
          .has("median", Contract.POSITIVE)
          .has("max", Contract.POSITIVE)
          .form();

  private static final Form STREAM_BUFFERS =
      new Shape()
          .has("data_segments", Contract.POSITIVE)
          .mayHave("full_sized_segments", Contract.COUNT)
          .has("push_runs", Contract.COUNT)
          .mayHave("push_run_bytes", SIZES)
          .mayHave("push_run_segments", SIZES)
          .has("max_unacknowledged_bytes", Contract.COUNT)
          .mayHave("max_unacknowledged_frame", Contract.POSITIVE)
          .has("max_out_of_order_bytes", Contract.COUNT)
          .mayHave("max_out_of_order_frame", Contract.POSITIVE)
          .has("max_unread_bytes", Contract.COUNT)
          .mayHave("max_unread_frame", Contract.POSITIVE)
          .has("delayed_bytes", Contract.COUNT)
          .mayHave("delays", Contract.POSITIVE)
          .mayHave("longest_delay", Contract.DURATION)
          .mayHave(
              "longest_delay_at",
              new Shape()
                  .has("from_frame", Contract.POSITIVE)
                  .has("to_frame", Contract.POSITIVE)
                  .has("first_byte", Contract.ANY_WHOLE)
                  .has("last_byte", Contract.ANY_WHOLE)
                  .form())
          .has("confirmed_only", bool())
          .form();

  static final Form BUFFERS =
      new Shape()
          .mayHave("from_client", STREAM_BUFFERS)
          .mayHave("from_server", STREAM_BUFFERS)
          .form();

  private HistoryContract() {}
}
