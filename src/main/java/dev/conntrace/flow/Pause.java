package dev.conntrace.flow;

/**
 * An endpoint's first data after a pause longer than its timeout: whether it has enough to send for
 * a slow start to matter shows only in what follows (RFC 5681 4.1).
 */
public final class Pause {
  /** Of an endpoint that had none yet; never changed. */
  static final Pause NONE = new Pause();

  private boolean open;
  private long begin;
  private long lengthNanos;

  void begin(FlowSegment first, long lengthNanos) {
    open = true;
    begin = first.seqRel();
    this.lengthNanos = lengthNanos;
  }

  void end() {
    open = false;
  }

  /** Returns whether it is not yet known how much follows. */
  public boolean isOpen() {
    return open;
  }

  /** Returns the position of the first byte after the pause. */
  public long firstByteRel() {
    return begin;
  }

  public long lengthNanos() {
    return lengthNanos;
  }
}
