package dev.conntrace.trace;

/**
 * Receives what a tracer finds, in the order of the capture. Overriding a method is all that it
 * takes to use an event.
 *
 * <p>For one segment the order is: {@link ConnectionOpened} (with a connection's first), {@link
 * SegmentSeen}, its {@link StateChanged}s. Connections are closed when they are finished for good,
 * at the latest at the end of the capture; {@link CaptureEnded} comes last, also for a damaged
 * capture.
 */
public interface TraceSink {
  /**
   * Returns whether events of this kind are wanted; where not, they are not even built. Called per
   * packet: keep it cheap.
   */
  boolean wants(Importance importance, int connection);

  /**
   * Returns whether segments or their payload may ever be {@linkplain #wants wanted}. Where not,
   * packets need not be copied for this sink. Asked once, before the first packet.
   */
  default boolean mayWantSegments() {
    return true;
  }

  /**
   * Returns whether segments are wanted as they come, each before its verdicts are final. What
   * changes later is then told with {@link SegmentRevised}. Asked once, before the first packet.
   */
  default boolean wantsAtOnce() {
    return false;
  }

  /**
   * Returns whether reports are to tell what took longer than a segment, as {@link
   * ConnectionReport#history}. Where not, {@link ConnectionHistory#NONE} stands there, and nothing
   * need be kept for it. Asked once, before the first packet.
   */
  default boolean wantsHistories() {
    return true;
  }

  /**
   * Returns whether it is to be told of connections when they begin. Where not, who they connect
   * need not be put into words before they end. Asked once, before the first packet.
   */
  default boolean wantsOpenings() {
    return true;
  }

  /**
   * Takes what a segment brings to its byte stream. Unlike the events, which may wait until their
   * verdicts are final, it comes at once, in the order of the capture. {@code payload} is only
   * borrowed: it holds something else after the call.
   */
  default void payload(SegmentPayload payload) {}

  default void on(ConnectionOpened event) {}

  default void on(SegmentSeen event) {}

  default void on(SegmentRevised event) {}

  default void on(StateChanged event) {}

  default void on(ConnectionClosed event) {}

  default void on(PacketSkipped event) {}

  default void on(CaptureLoss event) {}

  default void on(KernelObserved event) {}

  default void on(CaptureEnded event) {}
}
