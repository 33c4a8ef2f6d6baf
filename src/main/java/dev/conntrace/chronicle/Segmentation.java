package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Offer;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.PushRuns;
import dev.conntrace.trace.StreamBuffers.Sizes;
import dev.conntrace.wire.TcpFlags;
import java.util.Arrays;

/**
 * How one side cut its stream into segments, and those into runs that end with PSH. In bounded
 * room: of very many runs it keeps every second, fourth, eighth for the median.
 */
final class Segmentation {
  private static final int MAX_KEPT = 128;
  private static final int PLAIN_HEADER_BYTES = 20;
  private static final long[] NOTHING = {};

  private long segments;
  private long fullSized;
  private boolean sizeKnown;

  private boolean running;
  private long runStart;
  private long runSegments;

  /** Length of the run that the last segment ended; 0 if it ended none. */
  private long pushedBytes;

  private long runs;

  /** Nothing while there is one run only: that is the least and the largest. */
  private long[] keptBytes = NOTHING;

  private long[] keptSegments = NOTHING;
  private int kept;

  /** A power of two. */
  private long every = 1;

  private long leastBytes = Long.MAX_VALUE;
  private long mostBytes;
  private long leastSegments = Long.MAX_VALUE;
  private long mostSegments;

  /** Prepares for the next segment of the connection. */
  void begin() {
    pushedBytes = 0;
  }

  /** Takes in a segment with data that the capture had not shown yet. */
  void add(FlowSegment segment) {
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
    pushedBytes = bytes;
    if (runs == 1) {
      keep(leastBytes, leastSegments);
    }
    leastBytes = Math.min(leastBytes, bytes);
    mostBytes = Math.max(mostBytes, bytes);
    leastSegments = Math.min(leastSegments, runSegments);
    mostSegments = Math.max(mostSegments, runSegments);
    if (runs > 0 && (runs & (every - 1)) == 0) {
      keep(bytes, runSegments);
    }
    runs++;
  }

  private void keep(long bytes, long segmentsOfIt) {
    if (kept == keptBytes.length) {
      makeRoom();
    }
    keptBytes[kept] = bytes;
    keptSegments[kept++] = segmentsOfIt;
  }

  private void makeRoom() {
    if (kept < MAX_KEPT) {
      int room = Math.max(2, 2 * kept);
      keptBytes = Arrays.copyOf(keptBytes, room);
      keptSegments = Arrays.copyOf(keptSegments, room);
      return;
    }
    for (int i = 0; i < kept / 2; i++) {
      keptBytes[i] = keptBytes[2 * i];
      keptSegments[i] = keptSegments[2 * i];
    }
    kept /= 2;
    every *= 2;
  }

  /** Returns the length of the run that the last segment ended with PSH; 0 if it ended none. */
  long pushedBytes() {
    return pushedBytes;
  }

  long segments() {
    return segments;
  }

  long fullSized() {
    return sizeKnown ? fullSized : StreamBuffers.UNKNOWN;
  }

  PushRuns pushRuns() {
    if (runs == 0) {
      return PushRuns.NONE;
    }
    return new PushRuns(
        runs,
        new Sizes(leastBytes, median(keptBytes, leastBytes), mostBytes),
        new Sizes(leastSegments, median(keptSegments, leastSegments), mostSegments));
  }

  private long median(long[] values, long only) {
    if (runs == 1) {
      return only;
    }
    long[] sorted = Arrays.copyOf(values, kept);
    Arrays.sort(sorted);
    return sorted[(kept - 1) / 2];
  }
}
