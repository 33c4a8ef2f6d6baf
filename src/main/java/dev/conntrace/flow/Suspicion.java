package dev.conntrace.flow;

/**
 * A segment of one endpoint that did not fit its connection, so that the other side may answer with
 * a challenge ACK (RFC 5961).
 */
public final class Suspicion {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final Suspicion NONE = new Suspicion();

  private long frame;

  void raise(long frame) {
    this.frame = frame;
  }

  void settle() {
    frame = 0;
  }

  public boolean isRaised() {
    return frame != 0;
  }

  /** Returns the frame of that segment; 0 if there is none. */
  public long frame() {
    return frame;
  }
}
