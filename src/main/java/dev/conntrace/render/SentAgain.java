package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows of each segment whether its bytes had to be sent again, before it is shown: it is told of
 * all segments in a tracing of its own.
 *
 * <p>Only what the verdicts prove counts: the bytes came again in a later frame, and nothing says
 * that the receiver had them. Bounded: from {@link #MOST} on no more are noted.
 */
final class SentAgain implements TraceSink {
  /** Some megabytes. */
  private static final int MOST = 100_000;

  /**
   * A later frame with the same bytes.
   *
   * @param frame its number
   * @param first position of its first byte
   * @param end position behind its last byte
   */
  record Resent(long frame, long first, long end) {}

  private final BitSet connections = new BitSet();
  private final Map<Long, Resent> byFrame = new HashMap<>();

  /** The last frame with the bytes of one that verdicts name: thousands may lie between. */
  private final Map<Long, Long> lastCopies = new HashMap<>();

  SentAgain(List<ConnectionReport> reports) {
    for (ConnectionReport report : reports) {
      connections.set(report.connection());
    }
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.SEGMENT && connections.get(connection);
  }

  @Override
  public void on(SegmentSeen event) {
    Annotation resend = resend(event);
    if (resend == null || byFrame.size() >= MOST) {
      return;
    }
    SegmentFacts segment = event.segment();
    Resent now = new Resent(segment.frame(), segment.firstByteRel(), segment.endRel());
    long named = resend.evidence().get(0);
    long frame = named;
    // Where the same bytes come a third time, the second did not do either.
    Resent before = byFrame.get(frame);
    while (before != null && before.first == now.first && before.end == now.end) {
      frame = Math.max(before.frame, lastCopies.getOrDefault(frame, 0L));
      before = byFrame.get(frame);
    }
    if (before == null) {
      byFrame.put(frame, now);
      lastCopies.put(named, now.frame);
    }
  }

  /** Returns the later frame with bytes of this segment; null if they did not come again. */
  @Nullable Resent of(SegmentFacts segment) {
    return byFrame.get(segment.frame());
  }

  /** Returns whether all of the segment had to be sent again. */
  boolean isWhole(SegmentFacts segment) {
    Resent resent = of(segment);
    return resent != null
        && resent.first <= segment.firstByteRel()
        && resent.end >= segment.endRel();
  }

  /** Returns the verdict that names the frame which did not do; null if there is none. */
  private static @Nullable Annotation resend(SegmentSeen event) {
    Annotation resend = null;
    for (Annotation annotation : event.annotations()) {
      AnnotationKind kind = annotation.kind();
      String rule = annotation.rule().id();
      if (kind == AnnotationKind.SPURIOUS_RETRANSMISSION
          || kind == AnnotationKind.DUPLICATE_PACKET
          || kind == AnnotationKind.TAIL_LOSS_PROBE
          || provesArrival(rule)) {
        return null;
      }
      if (kind == AnnotationKind.RETRANSMISSION
          && rule.equals("seen-before")
          && !annotation.evidence().isEmpty()) {
        resend = annotation;
      }
    }
    return resend;
  }

  /** The answer to the first one is in the capture: that answer was lost, not this. */
  private static boolean provesArrival(String rule) {
    return switch (rule) {
      case "syn-again-after-answer", "ack-lost-behind-capture" -> true;
      default -> false;
    };
  }
}
