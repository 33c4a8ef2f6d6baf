package dev.conntrace.flow;

/** Whether an endpoint is repairing a loss, and up to where (RFC 6675 5: the recovery point). */
public final class Recovery {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final Recovery NONE = new Recovery();

  private boolean active;
  private long point;
  private long entryFrame;
  private int timeouts;
  private long lastResendRel;

  /** Bytes are sent again: a repair begins, or goes on. */
  void resend(FlowSegment segment, boolean byTimer) {
    if (!active) {
      active = true;
      point = segment.sender().nxt();
      entryFrame = segment.frame();
      timeouts = 0;
    }
    if (byTimer) {
      timeouts++;
    }
    lastResendRel = segment.seqRel();
  }

  /** An acknowledgement has reached {@code ackRel}: at the recovery point the repair is done. */
  void acknowledge(long ackRel) {
    if (active && ackRel >= point) {
      active = false;
      timeouts = 0;
    }
  }

  public boolean isActive() {
    return active;
  }

  /** Returns the position whose acknowledgement ends the repair. */
  public long point() {
    return point;
  }

  /** Returns the frame of the first retransmission of this repair. */
  public long entryFrame() {
    return entryFrame;
  }

  /** Returns how many times the timer has fired in this repair. */
  public int timeouts() {
    return timeouts;
  }

  public long lastResendRel() {
    return lastResendRel;
  }
}
