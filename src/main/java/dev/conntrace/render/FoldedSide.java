package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;

/** What one side sent within a run. */
final class FoldedSide {
  long dataSegments;
  long ackSegments;
  long acked = Long.MIN_VALUE;
  private long bytes;
  private long firstByte = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;
  private long leastWindow = Long.MAX_VALUE;
  private long mostWindow;

  void add(SegmentFacts segment) {
    if (segment.length() > 0) {
      dataSegments++;
      bytes += segment.length();
      firstByte = Math.min(firstByte, segment.firstByteRel());
      end = Math.max(end, segment.endRel());
    } else {
      ackSegments++;
    }
    acked = Math.max(acked, segment.ackRel());
    leastWindow = Math.min(leastWindow, segment.windowBytes());
    mostWindow = Math.max(mostWindow, segment.windowBytes());
  }

  long segments() {
    return dataSegments + ackSegments;
  }

  /** Returns {@code 1449-18825 (17377)}. */
  String range() {
    return Counted.range(firstByte, end) + " (" + bytes + ")";
  }

  /** Returns {@code bytes 1449-18825 (17377)}. */
  String inWords() {
    return Counted.bytes(firstByte, end) + " (" + bytes + ")";
  }

  /** Returns the window, or the least and the largest. */
  String windows() {
    return leastWindow == mostWindow
        ? Long.toString(mostWindow)
        : leastWindow + " to " + mostWindow;
  }
}
