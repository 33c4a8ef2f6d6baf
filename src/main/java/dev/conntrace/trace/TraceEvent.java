package dev.conntrace.trace;

/**
 * Something that a tracer tells its sink. The list is closed; findings are not events but
 * annotations of {@link SegmentSeen}.
 */
public sealed interface TraceEvent
    permits CaptureEnded,
        CaptureLoss,
        ConnectionClosed,
        ConnectionOpened,
        KernelObserved,
        PacketSkipped,
        SegmentRevised,
        SegmentSeen,
        StateChanged {

  /** Hands this event to the method of {@code sink} that is meant for it. */
  void deliverTo(TraceSink sink);
}
