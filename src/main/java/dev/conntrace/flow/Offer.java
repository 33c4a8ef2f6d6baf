package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.wire.TcpFlags;
import dev.conntrace.wire.TcpOptions;

/** What an end's SYN offered. */
public final class Offer {
  /** The largest shift that a receiver uses (RFC 7323 2.3). */
  private static final int MAX_WINDOW_SCALE = 14;

  private boolean seen;
  private boolean answer;
  private boolean mssKnown;
  private int mssBytes;
  private boolean scaleKnown;
  private int windowScale;
  private boolean sack;
  private boolean timestamps;
  private boolean fastOpen;
  private int fastOpenCookieBytes;
  private int ecnFlags;
  private boolean scaleSettled;
  private int scaleInForce;
  private int leastScale;

  void read(Segment syn) {
    TcpOptions options = syn.options();
    seen = true;
    answer = syn.isAck();
    mssKnown = options.hasMss();
    mssBytes = options.mssBytes();
    scaleKnown = options.hasWindowScale();
    windowScale = Math.min(options.windowScale(), MAX_WINDOW_SCALE);
    sack = options.isSackPermitted();
    timestamps = options.hasTimestamps();
    fastOpen = options.hasFastOpen();
    fastOpenCookieBytes = options.fastOpenCookieLength();
    ecnFlags = syn.flags() & (TcpFlags.ECE | TcpFlags.CWR | TcpFlags.AE);
  }

  /**
   * Settles which shift holds for this end's windows, given the other side's offer (RFC 7323 2.2:
   * only if both offered one). A SYN-ACK with a shift proves that the SYN had one; an answer that
   * was not captured is taken to accept. One end that offered none settles it for both.
   */
  void settle(Offer other) {
    scaleSettled = seen || (other.seen && !other.scaleKnown);
    boolean otherAgrees = !other.seen || other.scaleKnown;
    scaleInForce = seen && scaleKnown && otherAgrees ? windowScale : 0;
  }

  public boolean isSeen() {
    return seen;
  }

  /** Whether it came in a SYN-ACK. */
  public boolean isAnswer() {
    return answer;
  }

  public boolean hasMss() {
    return mssKnown;
  }

  public int mssBytes() {
    return mssBytes;
  }

  public boolean hasWindowScale() {
    return scaleKnown;
  }

  public int windowScale() {
    return windowScale;
  }

  public boolean sack() {
    return sack;
  }

  public boolean timestamps() {
    return timestamps;
  }

  public boolean fastOpen() {
    return fastOpen;
  }

  public int fastOpenCookieBytes() {
    return fastOpenCookieBytes;
  }

  /** The ECE, CWR and AE bits of the SYN. */
  public int ecnFlags() {
    return ecnFlags;
  }

  /** Whether the shift of this end's windows is known. */
  public boolean isScaleSettled() {
    return scaleSettled;
  }

  public int scaleInForce() {
    return scaleInForce;
  }

  /**
   * Takes in that {@code bytes} were under way where the window field was {@code field} at most:
   * the shift must be large enough for that, if it is not known.
   */
  void prove(long bytes, long field) {
    while (leastScale < MAX_WINDOW_SCALE && field << leastScale < bytes) {
      leastScale++;
    }
  }

  /** Returns the least shift that this end's windows can have: the one in force, if it is known. */
  public int leastScale() {
    return scaleSettled ? scaleInForce : leastScale;
  }
}
