package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.Late;

/** What had to wait for a hole in one stream to be filled, and what of it waited longest. */
final class LateLog {
  /** Of a stream in which nothing had to wait; never changed. */
  static final LateLog NONE = new LateLog();

  private long allBytes;
  private long times;
  private long longestNanos = -1;
  private long longestFrom;
  private long longestTo;
  private long longestFirst;
  private long longestEnd;

  void count(StreamMove move, long fromFrame, long first, long end, FlowSegment segment) {
    allBytes += move.lateBytes;
    times++;
    if (move.waitedNanos > longestNanos) {
      longestNanos = move.waitedNanos;
      longestFrom = fromFrame;
      longestTo = segment.frame();
      longestFirst = first;
      longestEnd = end;
    }
  }

  /**
   * Returns what there is to tell.
   *
   * @param dataEnd the position behind the last byte of data: a FIN is none
   */
  Late report(long dataEnd, boolean timed) {
    if (times == 0) {
      return Late.NONE;
    }
    return new Late(
        allBytes,
        times,
        timed ? longestNanos : StreamBuffers.UNKNOWN,
        longestFrom,
        longestTo,
        longestFirst,
        Math.min(dataEnd, longestEnd));
  }
}
