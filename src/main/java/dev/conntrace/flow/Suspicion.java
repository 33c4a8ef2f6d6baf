package dev.conntrace.flow;

/**
 * A segment of one endpoint that did not fit its connection, so that the other side may answer with
 * a challenge ACK (RFC 5961).
 */
public final class Suspicion {
  /** Linux sends no more than one challenge ACK of a socket in this time. */
  public static final long LINUX_LIMIT_NANOS = 500_000_000;

  /** Of an endpoint that had no need of one yet; never changed. */
  static final Suspicion NONE = new Suspicion();

  /** What did not fit. */
  public enum Kind {
    /** A SYN on an open connection (RFC 5961 4). */
    SYN,
    /** A RST without the exact number (RFC 5961 3). */
    RST,
    /** An ACK of what was never sent, or of what was acknowledged long ago (RFC 5961 5). */
    ACK,
    /** Bytes outside the window (RFC 9293 3.10.7.4). */
    DATA
  }

  private long frame;
  private Kind kind = Kind.RST;
  private long challengeFrame;
  private long challengeNanos;

  void raise(Kind kind, long frame) {
    this.kind = kind;
    this.frame = frame;
  }

  void settle() {
    frame = 0;
  }

  /** The other side answered with a challenge ACK. */
  void challenged(FlowSegment ack) {
    challengeFrame = ack.frame();
    challengeNanos = ack.timeNanos();
  }

  public boolean isRaised() {
    return frame != 0;
  }

  /** Returns the frame of that segment; 0 if there is none. */
  public long frame() {
    return frame;
  }

  /** Returns what it was. */
  public Kind kind() {
    return kind;
  }

  /** Returns whether the last challenge ACK is no longer ago than this at {@code nowNanos}. */
  public boolean wasChallengedWithin(long nanos, long nowNanos) {
    return challengeFrame != 0 && nowNanos - challengeNanos <= nanos;
  }

  /** Returns the frame of the last challenge ACK; 0 if there was none. */
  public long challengeFrame() {
    return challengeFrame;
  }
}
