package dev.conntrace.flow;

/**
 * The latest segments of one endpoint that could not belong to its connection by their numbers, and
 * were left out of account: forged, or astray, or the first ones after a long gap in the capture.
 */
public final class Doubt {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final Doubt NONE = new Doubt();

  private long frame;
  private long timeNanos;
  private long seqRel;
  private long endRel;
  private long ackRel;
  private int windowField;
  private int windowBytes;
  private int inSequence;
  private long senderNxt;
  private long receiverNxt;

  /** Takes in a segment that does not follow the doubted ones. */
  void begin(FlowSegment segment) {
    frame = segment.frame();
    timeNanos = segment.timeNanos();
    seqRel = segment.seqRel();
    inSequence = 0;
    senderNxt = segment.sender().nxt();
    if (!segment.isStray()) {
      // Only what it acknowledges is doubted: its own bytes count.
      senderNxt = Math.max(senderNxt, segment.endRel());
    }
    receiverNxt = segment.receiver().nxt();
    follow(segment);
  }

  /** Takes in a segment that follows the doubted ones. */
  void follow(FlowSegment segment) {
    endRel = segment.endRel();
    ackRel = segment.ackRel();
    windowField = segment.segment().windowField();
    windowBytes = segment.windowBytes();
    inSequence++;
  }

  void settle() {
    frame = 0;
  }

  /** Returns whether neither end has gone on in its old numbers since. */
  boolean isOpen(Endpoint sender, Endpoint receiver) {
    return frame != 0 && sender.nxt() == senderNxt && receiver.nxt() == receiverNxt;
  }

  /**
   * Returns whether {@code segment} is the only doubted one over again: its sender insists, and
   * nobody answers.
   */
  public boolean isRepeatedBy(FlowSegment segment) {
    return frame != 0
        && frame != segment.frame()
        && inSequence == 1
        && segment.occupies()
        && seqRel == segment.seqRel()
        && endRel == segment.endRel()
        && ackRel == segment.ackRel();
  }

  /** Returns the frame of the first doubted segment. */
  public long frame() {
    return frame;
  }

  /** Returns when the first doubted segment was captured, in nanoseconds since 1970. */
  public long timeNanos() {
    return timeNanos;
  }

  long seqRel() {
    return seqRel;
  }

  /** Returns the position after the last of them. */
  long endRel() {
    return endRel;
  }

  /** Returns what the last of them acknowledges. */
  long ackRel() {
    return ackRel;
  }

  int windowField() {
    return windowField;
  }

  int windowBytes() {
    return windowBytes;
  }

  /** Returns how many of them followed one another. */
  int inSequence() {
    return inSequence;
  }
}
