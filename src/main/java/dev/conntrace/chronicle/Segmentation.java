package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Offer;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.PushRuns;
import dev.conntrace.trace.StreamBuffers.Sizes;
import dev.conntrace.wire.TcpFlags;
import org.jspecify.annotations.Nullable;

/** How one side cut its stream into segments, and those into runs that end with PSH. */
final class Segmentation {
  private static final int PLAIN_HEADER_BYTES = 20;

  private long segments;
  private long fullSized;
  private boolean sizeKnown;

  private boolean running;
  private long runStart;
  private int runSegments;

  // Many streams have one run only.
  private long firstRunBytes;
  private int firstRunSegments;
  private @Nullable RunLog runs;

  /** Takes in a segment with data that the capture had not shown yet. */
  void add(FlowSegment segment, StreamMove move) {
    segments++;
    countSize(segment);
    long end = segment.dataRel() + segment.length();
    if (segment.sender().hasNxt() && end <= segment.sender().nxt()) {
      // It came late: the run that it belongs to has been counted without it.
      return;
    }
    if (!running) {
      running = true;
      // Where the first of it is late, the run began before this segment.
      runStart = segment.sender().hasNxt() ? segment.sender().nxt() : segment.dataRel();
      runSegments = 0;
    }
    runSegments++;
    if (segment.segment().has(TcpFlags.PSH)) {
      running = false;
      move.pushedBytes = end - runStart;
      countRun(end - runStart);
    }
  }

  /** A segment is full when its data and TCP options fill the MSS (RFC 6691 2). */
  private void countSize(FlowSegment segment) {
    Offer allowed = segment.receiver().offer();
    if (!allowed.hasMss()) {
      return;
    }
    sizeKnown = true;
    Offer own = segment.sender().offer();
    int most = own.hasMss() ? Math.min(own.mssBytes(), allowed.mssBytes()) : allowed.mssBytes();
    int options = segment.segment().tcpHeaderLength() - PLAIN_HEADER_BYTES;
    if (segment.length() + options >= most) {
      fullSized++;
    }
  }

  private void countRun(long bytes) {
    if (firstRunSegments == 0) {
      firstRunBytes = bytes;
      firstRunSegments = runSegments;
      return;
    }
    RunLog log = runs;
    if (log == null) {
      log = new RunLog(firstRunBytes, firstRunSegments);
      runs = log;
    }
    log.add(bytes, runSegments);
  }

  long segments() {
    return segments;
  }

  long fullSized() {
    return sizeKnown ? fullSized : StreamBuffers.UNKNOWN;
  }

  PushRuns pushRuns() {
    if (runs != null) {
      return runs.report();
    }
    return firstRunSegments == 0
        ? PushRuns.NONE
        : new PushRuns(1, only(firstRunBytes), only(firstRunSegments));
  }

  private static Sizes only(long size) {
    return new Sizes(size, size, size);
  }
}
