package dev.conntrace.flow;

import dev.conntrace.trace.CaptureQuality.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How far the capture itself can be believed. A verdict that rests on something not being there, or
 * on when it was there, is likely at best where the capture may have lost it, or told its time
 * wrong.
 */
final class CaptureTrust {
  private final CaptureClock clock;
  private final LossIntervals losses = new LossIntervals();
  private boolean foretold;

  CaptureTrust(CaptureClock clock) {
    this.clock = clock;
  }

  /** It is known beforehand that packets were dropped behind one frame and up to another. */
  void foretell(long afterFrame, long upToFrame) {
    foretold = true;
    losses.add(afterFrame, upToFrame);
  }

  /** Packets were dropped, the last of them right before this frame. */
  void noteLoss(long frame) {
    if (!foretold) {
      losses.add(frame - 1, frame - 1);
    }
  }

  /** Lowers what is said of a segment, before it is applied to its connection. */
  void weigh(FlowSegment segment, Findings findings) {
    for (int i = 0; i < findings.count(); i++) {
      Finding finding = findings.get(i);
      Problem problem = finding.isWithdrawal() ? null : doubt(finding, segment);
      if (problem != null) {
        finding.doubt(problem);
      }
    }
  }

  private @Nullable Problem doubt(Finding finding, FlowSegment segment) {
    return switch (finding.kind()) {
      case PREVIOUS_SEGMENT_MISSING, ACKED_UNSEEN_SEGMENT -> ofHole(segment);
      case RETRANSMISSION -> ofRetransmission(finding, segment);
      case SPURIOUS_RETRANSMISSION, DUPLICATE_ACK -> ofCopy(segment);
      case WINDOW_FULL, BEYOND_WINDOW, WINDOW_SHRUNK -> ofWindow(segment);
      case SYN_RETRANSMISSION, TIMEOUT_RETRANSMISSION, KEEP_ALIVE_TIMEOUT -> ofSilence(segment);
      case OUT_OF_ORDER, STALE_ACK -> isBehind(segment) ? Problem.TIME_BACKWARDS : null;
      case DELAYED_ACK, IDLE_RESTART, KEEP_ALIVE, TAIL_LOSS_PROBE -> ofTime();
      default -> null;
    };
  }

  private @Nullable Problem ofHole(FlowSegment segment) {
    if (lostSinceLast(segment)) {
      return Problem.DROPS;
    }
    return isBehind(segment) ? Problem.TIME_BACKWARDS : null;
  }

  /** Where the first copy was seen it is one, unless the capture takes each packet twice. */
  private @Nullable Problem ofRetransmission(Finding finding, FlowSegment segment) {
    if (finding.isBy("seen-before") || finding.isBy("partly-seen-before")) {
      return ofCopy(segment);
    }
    if (finding.isBy("repair-goes-on") || finding.isBy("partial-ack-asks")) {
      return null;
    }
    long first = segment.connection().firstFrame();
    return losses.between(first, segment.frame()) ? Problem.DROPS : null;
  }

  private static @Nullable Problem ofCopy(FlowSegment segment) {
    return Judgement.isDoubled(segment.connection()) ? Problem.DOUBLED : null;
  }

  private @Nullable Problem ofWindow(FlowSegment segment) {
    if (lostSinceLast(segment)) {
      return Problem.DROPS;
    }
    return segment.connection().opening().isMidstream() ? Problem.MIDSTREAM : null;
  }

  private @Nullable Problem ofSilence(FlowSegment segment) {
    if (segment.receiver().totals().segments() == 0 && segment.receiver().hasUna()) {
      return Problem.ONE_SIDED;
    }
    return lostSinceLast(segment) ? Problem.DROPS : ofTime();
  }

  private @Nullable Problem ofTime() {
    return clock.isDoubted() ? Problem.CLOCK_STEP : null;
  }

  /** Whether something of this connection may have been dropped just before this segment. */
  private boolean lostSinceLast(FlowSegment segment) {
    long since =
        Math.min(segment.sender().totals().lastFrame(), segment.receiver().totals().lastFrame());
    return since > 0 && losses.between(since, segment.frame());
  }

  /** Whether the capture holds something later before this segment. */
  private static boolean isBehind(FlowSegment segment) {
    return segment.timeNanos() < segment.latestNanos();
  }
}
