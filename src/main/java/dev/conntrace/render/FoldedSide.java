package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.wire.TcpFlags;

/** What one side sent within a run. */
final class FoldedSide {
  long segments;
  long dataSegments;
  long ackSegments;
  long acked = Long.MIN_VALUE;
  private long bytes;
  private long headerBytes;
  private long firstByte = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;
  private long leastWindow = Long.MAX_VALUE;
  private long mostWindow = Long.MIN_VALUE;

  void add(SegmentFacts segment) {
    segments++;
    headerBytes += segment.headers().total();
    // A RST's acknowledgement and window mean nothing.
    if (segment.has(TcpFlags.RST)) {
      return;
    }
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

  /** Returns whether it said what it has and has room for. */
  boolean isAnnouncing() {
    return dataSegments + ackSegments > 0;
  }

  /** Returns the payload bytes of its segments. */
  long bytes() {
    return bytes;
  }

  /** Returns the bytes of all headers before them. */
  long headerBytes() {
    return headerBytes;
  }

  /** Returns {@code 1449-18825 (17377)}; empty where it sent no data. */
  String range() {
    return dataSegments == 0 ? "" : Counted.range(firstByte, end) + " (" + bytes + ")";
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
