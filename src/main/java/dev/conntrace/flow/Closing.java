package dev.conntrace.flow;

/** An endpoint's FIN, and what came of it. */
public final class Closing {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final Closing NONE = new Closing();

  private boolean finSent;
  private boolean supposed;
  private long finRel;
  private long finFrame;
  private long finNanos;
  private long ackOfFin;
  private boolean finAcked;
  private long finAckedFrame;
  private long dataAfterPeerFinFrame;
  private long dataAfterPeerFinRel;

  /** Takes in the first FIN; repeated ones change nothing. */
  void send(FlowSegment fin) {
    if (finSent && !supposed) {
      return;
    }
    finSent = true;
    supposed = false;
    finRel = fin.endRel() - 1;
    finFrame = fin.frame();
    finNanos = fin.timeNanos();
    ackOfFin = fin.isAck() ? fin.ackRel() : 0;
  }

  /**
   * The other side acknowledged a number that the capture does not show: this end's FIN, it seems.
   */
  void suppose(long finRel, long ackOfFin) {
    finSent = true;
    supposed = true;
    this.finRel = finRel;
    this.ackOfFin = ackOfFin;
  }

  /** It was no FIN after all. */
  void withdrawSupposed() {
    finSent = false;
    supposed = false;
    finAcked = false;
  }

  /** Returns whether nothing but an acknowledgement speaks for the FIN. */
  public boolean isSupposed() {
    return supposed;
  }

  /** Returns whether {@code segment} shows that the number taken for this end's FIN was data. */
  public boolean isContradictedBy(FlowSegment segment) {
    boolean isTheFin = segment.isFin() && segment.endRel() - 1 == finRel;
    return supposed && segment.occupies() && segment.endRel() > finRel && !isTheFin;
  }

  void acknowledged(long frame) {
    finAcked = true;
    finAckedFrame = frame;
  }

  /** Takes in the first data that this end sent although it knew of the other side's FIN. */
  void sentDataAfterPeerFin(FlowSegment data) {
    if (dataAfterPeerFinFrame == 0) {
      dataAfterPeerFinFrame = data.frame();
      dataAfterPeerFinRel = data.dataRel();
    }
  }

  /** Returns the frame of that data; 0 if there was none. */
  public long dataAfterPeerFinFrame() {
    return dataAfterPeerFinFrame;
  }

  /**
   * Returns whether {@code ackRel} covers any of that data: the side that sent the FIN still takes
   * it.
   */
  public boolean isDataAfterPeerFinCoveredBy(long ackRel) {
    return dataAfterPeerFinFrame != 0 && ackRel > dataAfterPeerFinRel;
  }

  public boolean finSent() {
    return finSent;
  }

  /** Returns the position of the FIN. */
  public long finRel() {
    return finRel;
  }

  public long finFrame() {
    return finFrame;
  }

  /** Returns when the FIN was first seen, in nanoseconds. */
  public long finNanos() {
    return finNanos;
  }

  /** Returns the position of the first data sent although the other side's FIN was known. */
  public long dataAfterPeerFinRel() {
    return dataAfterPeerFinRel;
  }

  /**
   * Returns what the FIN's segment acknowledged of the other side: whether its sender had seen the
   * other FIN.
   */
  public long ackOfFin() {
    return ackOfFin;
  }

  public boolean finAcked() {
    return finAcked;
  }

  public long finAckedFrame() {
    return finAckedFrame;
  }

  /**
   * Returns whether this end went on sending data after it had acknowledged the other side's FIN.
   */
  public boolean hasDataAfterPeerFin() {
    return dataAfterPeerFinFrame != 0;
  }

  /** Returns whether {@code ackRel} covers the FIN. */
  public boolean isCoveredBy(long ackRel) {
    return finSent && ackRel > finRel;
  }
}
