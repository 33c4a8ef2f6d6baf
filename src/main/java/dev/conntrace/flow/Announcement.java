package dev.conntrace.flow;

/**
 * What an endpoint has told the other side as a receiver: how far it has everything, and how much
 * more it takes.
 */
public final class Announcement {
  private boolean known;
  private long ack;
  private long ackFrame;
  private int windowField;
  private int windowBytes;
  private int largestWindowBytes;
  private long edge;
  private int duplicates;
  private long lastFrame;
  private int mptcpMark;
  private int sackMark;
  private boolean reportsDuplicates;
  private short flags;

  /** Made when this end is full for the first time; until then all share one. */
  private ZeroWindow zero = ZeroWindow.NONE;

  /** Takes in a segment of this end that carries an acknowledgement. */
  void update(FlowSegment segment, boolean duplicate) {
    long position = segment.ackRel();
    if (!known || position > ack) {
      ack = position;
      ackFrame = segment.frame();
      duplicates = 0;
    } else if (duplicate) {
      duplicates++;
    }
    if (known && position < ack) {
      return;
    }
    known = true;
    updateWindow(segment);
  }

  /** What this end said behind a gap in the capture holds from now on. */
  void resume(Doubt doubt) {
    if (doubt.ackRel() > ack) {
      ack = doubt.ackRel();
      ackFrame = doubt.frame();
      duplicates = 0;
    }
    windowField = doubt.windowField();
    windowBytes = doubt.windowBytes();
    edge = Math.max(edge, doubt.ackRel() + windowBytes);
    lastFrame = doubt.frame();
    if (windowField == 0) {
      ownZero().close(doubt.frame(), doubt.timeNanos());
    } else if (zero != ZeroWindow.NONE) {
      zero.forget();
    }
  }

  /** The other side sent up to {@code position}, so this end had allowed it, seen or not. */
  void mustHaveAllowed(long position) {
    edge = Math.max(edge, position + windowBytes);
  }

  private void updateWindow(FlowSegment segment) {
    boolean wasZero = windowField == 0 && zero.frame() != 0;
    windowField = segment.segment().windowField();
    windowBytes = segment.windowBytes();
    largestWindowBytes = Math.max(largestWindowBytes, windowBytes);
    edge = Math.max(edge, segment.ackRel() + windowBytes);
    lastFrame = segment.frame();
    flags = (short) segment.segment().flags();
    mptcpMark = segment.segment().options().mptcpMark();
    sackMark = segment.segment().options().sackMark();
    if (windowField != 0 && wasZero) {
      zero.open(segment.frame(), segment.timeNanos());
    } else if (windowField == 0 && !wasZero) {
      ownZero().close(segment.frame(), segment.timeNanos());
    }
  }

  /** This end says what came twice (RFC 2883). */
  void noteDuplicateReport() {
    reportsDuplicates = true;
  }

  private ZeroWindow ownZero() {
    if (zero == ZeroWindow.NONE) {
      zero = new ZeroWindow();
    }
    return zero;
  }

  /** Returns whether this end has acknowledged anything yet. */
  public boolean isKnown() {
    return known;
  }

  /** Returns the highest position of the other side's stream that this end acknowledged. */
  public long ack() {
    return ack;
  }

  /** Returns whether this end has acknowledged everything below {@code endRel}. */
  public boolean covers(long endRel) {
    return known && ack >= endRel;
  }

  /** Returns the first frame that acknowledged it. */
  public long ackFrame() {
    return ackFrame;
  }

  /** Returns the last window as sent, not scaled. */
  public int windowField() {
    return windowField;
  }

  /** Returns the last window in bytes. */
  public int windowBytes() {
    return windowBytes;
  }

  /** Returns the largest window that this end ever announced, in bytes. */
  public int largestWindowBytes() {
    return largestWindowBytes;
  }

  /** Returns the highest position of the other side's stream that this end ever allowed. */
  public long edge() {
    return edge;
  }

  /** Returns up to where this end's last word allows the other side to send. */
  public long currentEdge() {
    return ack + windowBytes;
  }

  /** Returns how many numbered duplicates of the present acknowledgement this end has sent. */
  public int duplicates() {
    return duplicates;
  }

  /** Returns a number that tells the SACK blocks of its last word from others; 0 without any. */
  public int sackMark() {
    return sackMark;
  }

  /** Returns whether this end has ever reported that something came twice (RFC 2883). */
  public boolean reportsDuplicates() {
    return reportsDuplicates;
  }

  /** Returns whether this end's last word is that it is full. */
  public boolean isZeroWindow() {
    return known && windowField == 0;
  }

  /** Returns the frame that first said so; 0 if it is not full. */
  public long zeroFrame() {
    return zero.frame();
  }

  public long zeroSinceNanos() {
    return zero.sinceNanos();
  }

  /** Returns the frame that made room last after there had been none; 0 if that never was. */
  public long openedFrame() {
    return zero.openedFrame();
  }

  public long openedNanos() {
    return zero.openedNanos();
  }

  /** Returns the control bits of the last acknowledgement that counted. */
  public int flags() {
    return flags;
  }

  /** Returns what tells the last Multipath TCP options apart from others; 0 if there were none. */
  public int mptcpMark() {
    return mptcpMark;
  }

  /** Returns the frame of the last acknowledgement that counted. */
  public long lastFrame() {
    return lastFrame;
  }
}
