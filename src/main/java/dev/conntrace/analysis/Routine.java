package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Transitions;
import dev.conntrace.wire.AccurateEcn;
import dev.conntrace.wire.TcpFlags;

/**
 * The segments that open connections live on: the next data or a further acknowledgement, nothing
 * odd about them, nothing odd before them. The greater part of every capture, and only a few
 * analyzers have anything to say of them.
 */
final class Routine {
  private static final int CONGESTION_EXPERIENCED = 3;

  private Routine() {}

  static boolean is(FlowSegment segment, Transitions planned) {
    return planned.isUneventful()
        && isPlain(segment)
        && continuesStream(segment)
        && isAtEase(segment.receiver());
  }

  /**
   * Nothing but ACK, or PSH too; no selective acknowledgement, no mark of congestion, no counter of
   * marks that was not 0 before.
   */
  private static boolean isPlain(FlowSegment segment) {
    return (segment.segment().flags() & ~TcpFlags.PSH) == TcpFlags.ACK
        && segment.segment().options().sackBlocks() == 0
        && segment.segment().ecn() != CONGESTION_EXPERIENCED
        && AccurateEcn.number(segment.sender().announcement().flags()) == 0;
  }

  /**
   * It starts where the last one ended and sends or acknowledges something new; nothing was sent
   * again of late, which could have overtaken it.
   */
  private static boolean continuesStream(FlowSegment segment) {
    Endpoint sender = segment.sender();
    return sender.hasNxt()
        && segment.seqRel() == sender.nxt()
        && !sender.recovery().isActive()
        && sender.una() <= sender.nxt()
        && (segment.length() > 0 || segment.ackRel() > sender.announcement().ack());
  }

  /** It is not full, waits for no answer to a probe, and none of its bytes are lost or late. */
  private static boolean isAtEase(Endpoint receiver) {
    return !receiver.announcement().isZeroWindow()
        && !receiver.probing().isAwaitingAnswer()
        && receiver.scoreboard().isEmpty()
        && !receiver.recovery().isActive();
  }
}
