package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;

/** What one segment announced of its sender's window; refilled for each. */
final class Announced {
  long frame;
  long nanos;
  long ack;
  long edge;
  long windowBytes;
  boolean isClosed;
  boolean isScaled;

  /** Whether it answers a window probe. */
  boolean wasAskedFor;

  void read(FlowSegment segment) {
    frame = segment.frame();
    nanos = segment.timeNanos();
    ack = segment.ackRel();
    windowBytes = segment.windowBytes();
    edge = ack + windowBytes;
    isClosed = segment.segment().windowField() == 0;
    isScaled = segment.sender().offer().isScaleSettled();
    wasAskedFor = segment.receiver().probing().isWindowProbeAnsweredBy(segment);
  }

  /** Returns whether the window is 0, or smaller than what its sender needs. */
  boolean isTooSmall(long leastBytes) {
    return isClosed || (isScaled && windowBytes < leastBytes);
  }

  void set(Announced other) {
    frame = other.frame;
    nanos = other.nanos;
    isClosed = other.isClosed;
    isScaled = other.isScaled;
    wasAskedFor = other.wasAskedFor;
    extend(other);
  }

  /** Takes in that a later one allows more; this one's frame and time stay. */
  void extend(Announced later) {
    ack = later.ack;
    edge = later.edge;
    windowBytes = later.windowBytes;
  }
}
