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

  static final Form RECOVERIES = new Shape().form();

  static final Form CONGESTION = new Shape().form();

  static final Form ROUND_TRIPS = new Shape().form();

  static final Form BUFFERS = new Shape().form();

  private HistoryContract() {}
}
