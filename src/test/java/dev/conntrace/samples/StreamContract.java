package dev.conntrace.samples;

import static dev.conntrace.samples.Contract.ANY_WHOLE;
import static dev.conntrace.samples.Contract.COUNT;
import static dev.conntrace.samples.Contract.ENDPOINT;
import static dev.conntrace.samples.Contract.POSITIVE;
import static dev.conntrace.samples.Contract.SIDE;
import static dev.conntrace.samples.Contract.TIME;
import static dev.conntrace.samples.Contract.record;
import static dev.conntrace.samples.Shape.bool;
import static dev.conntrace.samples.Shape.oneOf;
import static dev.conntrace.samples.Shape.text;

import dev.conntrace.samples.Shape.Form;

/**
 * The records of byte streams that other programs rely on: the part of {@link Contract} for them.
 */
final class StreamContract {
  private static final Form BASE64 =
      text("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
  private static final Form PLAIN_TEXT = text("[ -~\\t\\r\\n]*");

  static final Form CHUNK = bytes(stretch(record("chunk"))).form();

  static final Form GAP =
      stretch(record("gap"))
          .has("reason", oneOf("not-captured", "snapped"))
          .mayHave("snapped_frame", POSITIVE)
          .mayHave("acknowledged_frame", POSITIVE)
          .mayHave("bound_reached", bool())
          .mayHave("may_include_fin", bool())
          .form();

  static final Form CONFLICT =
      stretch(record("conflict"))
          .has("kept", bytes(new Shape()).form())
          .has("other", bytes(new Shape()).form())
          .form();

  static final Form ASIDE =
      bytes(stretch(record("aside")))
          .has("reason", oneOf("reset", "keep-alive", "stray", "damaged", "late"))
          .form();

  private static final Form STREAM_TOTALS =
      new Shape()
          .has("bytes", COUNT)
          .has("gaps", COUNT)
          .has("missing_bytes", COUNT)
          .has("conflicts", COUNT)
          .has("not_compared_bytes", COUNT)
          .has("aside_bytes", COUNT)
          .has("bounds_reached", COUNT)
          .has("fin", bool())
          .mayHave("stream_file", text("[0-9a-z._-]+"))
          .form();

  static final Form STREAM =
      record("stream")
          .has("connection", POSITIVE)
          .has("client", ENDPOINT)
          .has("server", ENDPOINT)
          .has("first_frame", POSITIVE)
          .has("from_client", STREAM_TOTALS)
          .has("from_server", STREAM_TOTALS)
          .form();

  private StreamContract() {}

  /** Positions of one side's stream. */
  private static Shape stretch(Shape shape) {
    return shape
        .has("connection", POSITIVE)
        .has("from", SIDE)
        .has("seq_rel", ANY_WHOLE)
        .has("len", POSITIVE);
  }

  /** Bytes, and the frame that brought them. */
  private static Shape bytes(Shape shape) {
    return shape
        .has("frame", POSITIVE)
        .mayHave("time", TIME)
        .has("data", BASE64)
        .mayHave("text", PLAIN_TEXT);
  }
}
