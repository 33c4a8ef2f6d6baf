package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import java.util.Arrays;

/** What the analyzers say of one segment: a list that is emptied and refilled for each. */
public final class Findings {
  private static final int USUAL_FINDINGS = 16;

  /** One acknowledgement may throw light on everything that its receiver's ledger holds. */
  private static final int MAX_FINDINGS = USUAL_FINDINGS + SendLedger.MAX_ENTRIES;

  private Finding[] list = new Finding[0];
  private int count;
  private long present;
  private long frame;
  private boolean numberedDuplicateAck;
  private boolean discarded;
  private long pauseNanos;
  private boolean pauseEnds;

  public Findings() {
    makeRoom(USUAL_FINDINGS);
  }

  private void makeRoom(int wide) {
    int narrow = list.length;
    list = Arrays.copyOf(list, wide);
    for (int i = narrow; i < wide; i++) {
      list[i] = new Finding();
    }
  }

  /** Empties the list for the segment of another frame. */
  void begin(long frame) {
    this.frame = frame;
    count = 0;
    present = 0;
    numberedDuplicateAck = false;
    discarded = false;
    pauseNanos = 0;
    pauseEnds = false;
  }

  /** Adds a verdict on the present segment; its evidence is named on what comes back. */
  public Finding add(AnnotationKind kind, Rule rule) {
    present |= 1L << kind.ordinal();
    return next().begin(kind, rule, frame);
  }

  /** Adds a verdict on a segment seen before, on which the present one throws light. */
  public Finding addTo(long earlierFrame, AnnotationKind kind, Rule rule) {
    return next().begin(kind, rule, earlierFrame);
  }

  /**
   * Takes a verdict on an earlier segment back.
   *
   * @param timeNanos when that segment was seen
   */
  void withdraw(long earlierFrame, long timeNanos, AnnotationKind kind) {
    next().beginWithdrawal(kind, earlierFrame, timeNanos);
  }

  /** Adds a verdict on a retransmission in the receiver's ledger: it was not needed. */
  public Finding addToEntry(long entry, long earlierFrame, AnnotationKind kind, Rule rule) {
    return addTo(earlierFrame, kind, rule).onEntry(entry);
  }

  /**
   * Room is made as it is needed; should an analyzer ever say more than there can be, the last word
   * is overwritten, not the program ended.
   */
  private Finding next() {
    if (count == list.length && count < MAX_FINDINGS) {
      makeRoom(Math.min(2 * count, MAX_FINDINGS));
    }
    if (count < list.length) {
      count++;
    }
    return list[count - 1];
  }

  /** Returns whether the present segment has been called this already. */
  public boolean has(AnnotationKind kind) {
    return (present & 1L << kind.ordinal()) != 0;
  }

  /**
   * Returns whether the present segment changes nothing: it is a second sighting of one packet, or
   * its receiver throws it away unread.
   */
  public boolean setAside() {
    return has(AnnotationKind.DUPLICATE_PACKET) || discarded;
  }

  /** Says that the present segment's receiver throws it away unread. */
  public void discard() {
    discarded = true;
  }

  boolean isDiscarded() {
    return discarded;
  }

  /** Returns whether nothing has been said of the present segment. */
  public boolean isEmpty() {
    return present == 0;
  }

  /**
   * Says that the duplicate acknowledgement found is one that counts towards the three of RFC 5681
   * 3.2.
   */
  public void numberDuplicateAck() {
    numberedDuplicateAck = true;
  }

  boolean hasNumberedDuplicateAck() {
    return numberedDuplicateAck;
  }

  /** Says that the segment is its sender's first after a pause that was longer than its timeout. */
  public void beginPause(long lengthNanos) {
    pauseNanos = lengthNanos;
  }

  /** Returns how long that pause was; 0 if there was none. */
  long pauseNanos() {
    return pauseNanos;
  }

  /** Says that more than an initial window has followed the pause by now. */
  public void endPause() {
    pauseEnds = true;
  }

  boolean isPauseEnding() {
    return pauseEnds;
  }

  /**
   * Returns whether finding {@code i} is the first of its kind for its segment: two owners of
   * TIME_WAIT are one annotation.
   */
  boolean isFirstOfItsKind(int i) {
    for (int j = 0; j < i; j++) {
      if (list[j].kind() == list[i].kind() && list[j].target() == list[i].target()) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many verdicts there are, those on earlier segments included. */
  public int count() {
    return count;
  }

  /** Returns one of them. */
  public Finding get(int i) {
    return list[i];
  }
}
