package dev.conntrace.flow;

/**
 * What a segment changes of which nothing was said, and which goes on where both streams are,
 * between two ends that are open: the same as {@link SegmentApplication} would, without asking for
 * all that cannot be the case. Most segments are like this.
 */
final class Advance {
  private Advance() {}

  /** Returns whether an uneventful segment is one of these. */
  static boolean suits(FlowSegment segment, Findings findings) {
    return findings.count() == 0 && segment.goesOn() && !segment.receiver().recovery().isActive();
  }

  static void apply(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    Endpoint receiver = segment.receiver();
    if (receiver.probing() != Probing.NONE || receiver.suspicion() != Suspicion.NONE) {
      SegmentApplication.noteProbes(segment, findings);
    }
    if (SegmentApplication.isOutsideWindow(segment)) {
      sender.ownSuspicion().raise(Suspicion.Kind.DATA, segment.frame());
    }
    sender.send(segment, false);
    if (!sender.unseenAcks().isEmpty()) {
      sender.unseenAcks().settle(sender.seen(), findings);
    }
    if (segment.length() > 0) {
      SegmentApplication.noteData(segment, sender, findings);
    }
    if (segment.isAck()) {
      acknowledge(segment, receiver);
    }
  }

  private static void acknowledge(FlowSegment segment, Endpoint owner) {
    if (!owner.hasUna() || segment.ackRel() > owner.una()) {
      SegmentApplication.measure(segment, owner);
      owner.acknowledge(segment);
    }
    if (segment.segment().options().sackBlocks() > 0 || !owner.scoreboard().isEmpty()) {
      owner.ownScoreboard().update(segment);
    }
    segment.sender().announcement().update(segment, false);
  }
}
