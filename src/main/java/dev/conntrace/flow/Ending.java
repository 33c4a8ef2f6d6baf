package dev.conntrace.flow;

import dev.conntrace.trace.Party;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import org.jspecify.annotations.Nullable;

/** How a connection ends: the reset that was believed, and who waits in TIME_WAIT. */
public final class Ending {
  /** Of a connection that shows no end yet; never changed. */
  static final Ending NONE = new Ending();

  private @Nullable Side resetBy;
  private boolean bothFinsAckedBeforeReset;
  private long resetFrame;
  private long resetRel;
  private long resetNanos;
  private TcpState clientBefore = TcpState.UNKNOWN;
  private TcpState serverBefore = TcpState.UNKNOWN;
  private @Nullable Party timeWaitOwner;
  private long timeWaitFrame;
  private long timeWaitNanos;
  private int timeWaitRestarts;
  private boolean finRepeated;
  private int nextConnection;
  private long nextFrame;
  private long nextNanos;
  private long finishedNanos;

  void reset(FlowSegment rst, boolean bothFinsAcked) {
    if (resetBy == null) {
      resetBy = rst.sender().side();
      bothFinsAckedBeforeReset = bothFinsAcked;
      resetFrame = rst.frame();
      resetRel = rst.seqRel();
      resetNanos = rst.timeNanos();
      clientBefore = rst.connection().client().state();
      serverBefore = rst.connection().server().state();
    }
  }

  /**
   * The connection opened after all: the RST was meant for what the other side had kept of an older
   * one (RFC 9293 3.5.1, figure 9).
   */
  void forgetReset() {
    resetBy = null;
    resetFrame = 0;
  }

  void timeWait(Side side, FlowSegment segment) {
    Party party = Party.of(side);
    timeWaitOwner = timeWaitOwner == null || timeWaitOwner == party ? party : Party.BOTH;
    timeWaitFrame = segment.frame();
    timeWaitNanos = segment.timeNanos();
  }

  /**
   * The other side's FIN came again, so the ACK of it was lost: the owner's next segment starts the
   * wait anew.
   */
  void finRepeated() {
    if (timeWaitOwner != null) {
      finRepeated = true;
    }
  }

  boolean awaitsRestart() {
    return finRepeated;
  }

  void restartTimeWait(FlowSegment segment) {
    finRepeated = false;
    timeWaitFrame = segment.frame();
    timeWaitNanos = segment.timeNanos();
    timeWaitRestarts++;
  }

  /** The next connection between the same ends is open: whoever waited waits no longer. */
  void takeOver(Connection next) {
    Opening opening = next.opening();
    boolean called = opening.synFrame() != 0;
    nextConnection = next.number();
    nextFrame = called ? opening.synFrame() : opening.synAckFrame();
    nextNanos = called ? opening.synNanos() : opening.synAckNanos();
  }

  /** Returns the number of the connection that took the ends over; 0 if none did. */
  int nextConnection() {
    return nextConnection;
  }

  /** Returns the frame with which that connection asked for them. */
  long nextFrame() {
    return nextFrame;
  }

  long nextNanos() {
    return nextNanos;
  }

  void finish(long timeNanos) {
    finishedNanos = timeNanos;
  }

  /** Returns who sent the RST that ended the connection; null if none did. */
  public @Nullable Side resetBy() {
    return resetBy;
  }

  /** Returns whether a RST took something away: it came before both FINs were acknowledged. */
  public boolean isCutShort() {
    return resetBy != null && !bothFinsAckedBeforeReset;
  }

  /** Returns who went into TIME_WAIT; null if nobody did. */
  public @Nullable Party timeWaitOwner() {
    return timeWaitOwner;
  }

  public long timeWaitFrame() {
    return timeWaitFrame;
  }

  public long timeWaitNanos() {
    return timeWaitNanos;
  }

  public int timeWaitRestarts() {
    return timeWaitRestarts;
  }

  /** Returns the frame of the RST that ended the connection; 0 if none did. */
  public long resetFrame() {
    return resetFrame;
  }

  /** Returns the position that this RST carried. */
  long resetRel() {
    return resetRel;
  }

  /** Returns when that RST came, in nanoseconds since 1970. */
  public long resetNanos() {
    return resetNanos;
  }

  /** Returns the state that a side was in when this RST came. */
  TcpState beforeReset(Side side) {
    return side == Side.CLIENT ? clientBefore : serverBefore;
  }

  /** What was taken for the second FIN was none: nobody waits yet. */
  void forgetTimeWait() {
    timeWaitOwner = null;
    timeWaitRestarts = 0;
    finRepeated = false;
  }

  /** Returns when both ends were last known to be finished. */
  long finishedNanos() {
    return finishedNanos;
  }
}
