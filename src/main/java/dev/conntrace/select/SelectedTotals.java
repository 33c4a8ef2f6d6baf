package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.UdpReport;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up selected connections to what a capture's totals would be if it held no others. Segments
 * of the others count among the packets that were skipped.
 */
public final class SelectedTotals {
  /** Why a segment of another connection was skipped. */
  private static final String NOT_SELECTED = "not-selected";

  private final Map<Opened, Long> opened = new EnumMap<>(Opened.class);
  private final Map<Closed, Long> closed = new EnumMap<>(Closed.class);
  private final Map<AnnotationKind, Long> annotations = new EnumMap<>(AnnotationKind.class);
  private long connections;
  private long segments;
  private long firstNanos = SegmentFacts.NO_TIMESTAMP;
  private long lastNanos = SegmentFacts.NO_TIMESTAMP;

  /** Adds a selected connection. */
  public void add(ConnectionReport report) {
    connections++;
    segments += report.fromClient().segments() + report.fromServer().segments();
    opened.merge(report.opened(), 1L, Long::sum);
    closed.merge(report.closed(), 1L, Long::sum);
    for (Map.Entry<AnnotationKind, Long> annotation : report.annotations().entrySet()) {
      annotations.merge(annotation.getKey(), annotation.getValue(), Long::sum);
    }
    if (report.startNanos() != SegmentFacts.NO_TIMESTAMP) {
      boolean first = firstNanos == SegmentFacts.NO_TIMESTAMP;
      firstNanos = first ? report.startNanos() : Math.min(firstNanos, report.startNanos());
      lastNanos = first ? report.endNanos() : Math.max(lastNanos, report.endNanos());
    }
  }

  /**
   * Returns the selection's share of a capture's totals; its servers are not listed, nor is UDP.
   */
  public CaptureReport of(CaptureReport capture) {
    Map<String, Long> skipped = new LinkedHashMap<>(capture.skipped());
    if (segments < capture.tcpSegments()) {
      skipped.put(NOT_SELECTED, capture.tcpSegments() - segments);
    }
    return new CaptureReport(
        capture.frames(),
        segments,
        skipped,
        firstNanos,
        lastNanos,
        connections,
        opened,
        closed,
        annotations,
        capture.quality(),
        List.of(),
        capture.format(),
        capture.unknownLinkTypes(),
        capture.notes(),
        UdpReport.NONE,
        capture.checksumsVerified());
  }
}
