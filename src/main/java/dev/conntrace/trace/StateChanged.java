package dev.conntrace.trace;

/**
 * An endpoint changed its state.
 *
 * @param connection the connection's number
 * @param side whose state
 * @param before the state until then
 * @param after the state from then on
 * @param frame the frame that proves it
 * @param cause why, in words: {@code sent its FIN}
 * @param confidence {@link Confidence#CERTAIN} where the frame proves it; {@link Confidence#LIKELY}
 *     where it assumes that a segment arrived
 */
public record StateChanged(
    int connection,
    Side side,
    TcpState before,
    TcpState after,
    long frame,
    String cause,
    Confidence confidence)
    implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
