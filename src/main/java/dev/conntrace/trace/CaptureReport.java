package dev.conntrace.trace;

import java.util.List;
import java.util.Map;

/**
 * The totals of one capture.
 *
 * @param frames packet records read
 * @param tcpSegments how many of them held a TCP segment; {@code frames} is this plus everything in
 *     {@code skipped}
 * @param skipped why the others did not, and how many; only reasons that occurred, most frequent
 *     first
 * @param firstNanos earliest timestamp, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param lastNanos latest timestamp, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param connections how many connections
 * @param opened how they opened; only what occurred
 * @param closed how they closed; only what occurred
 * @param annotations segments per annotation; only what occurred
 * @param quality what is wrong with the capture itself
 * @param listeners server addresses, the busiest first, at most {@link #MAX_LISTENERS}
 * @param format what the file is, in words
 * @param unknownLinkTypes which link layers were not known, the first seen first, at most {@link
 *     #MAX_LINK_TYPES}
 * @param notes what the capture says of itself
 * @param udp the UDP beside the TCP
 * @param checksumsVerified how many TCP checksums were looked at; of a large capture not all are
 */
public record CaptureReport(
    long frames,
    long tcpSegments,
    Map<String, Long> skipped,
    long firstNanos,
    long lastNanos,
    long connections,
    Map<Opened, Long> opened,
    Map<Closed, Long> closed,
    Map<AnnotationKind, Long> annotations,
    List<CaptureQuality> quality,
    List<ListenerReport> listeners,
    String format,
    List<LinkTypeCount> unknownLinkTypes,
    CaptureNotes notes,
    UdpReport udp,
    long checksumsVerified) {

  /** How many listeners a report names. */
  public static final int MAX_LISTENERS = 1000;

  /** How many unknown link types a report names. */
  public static final int MAX_LINK_TYPES = 64;
}
