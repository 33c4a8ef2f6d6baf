package dev.conntrace.trace;

/**
 * Verdicts on a segment that was told of before have changed. Only sinks that hear of segments
 * {@linkplain TraceSink#wantsAtOnce at once} are told.
 *
 * @param segment the segment with its present annotations; everything else is as it was
 */
public record SegmentRevised(SegmentSeen segment) implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
