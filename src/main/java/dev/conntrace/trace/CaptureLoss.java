package dev.conntrace.trace;

/**
 * The capture itself lost packets: what seems lost on the network may only be missing from the
 * file.
 *
 * @param frame the last frame before the loss was reported
 * @param droppedPackets how many packets the capture has lost so far
 */
public record CaptureLoss(long frame, long droppedPackets) implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
