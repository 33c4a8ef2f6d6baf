package dev.conntrace.flow;

/**
 * What one endpoint sent last: a bounded ring of its segments, oldest first, as plain numbers.
 *
 * <p>Entries are numbered from 0 in the order sent and keep their number; those below {@link
 * #first} have been overwritten. The ring grows while its oldest entry is still of use, up to
 * {@link #MAX_ENTRIES}.
 */
public final class SendLedger {
  /** How many segments of one direction are remembered at most. */
  public static final int MAX_ENTRIES = 1024;

  /** The entry's bytes were sent again later. */
  private static final int SENT_AGAIN = 1;

  /** The entry itself was a retransmission. */
  private static final int RESENT = 2;

  /** The receiver has reported it as a duplicate. */
  private static final int NOT_NEEDED = 4;

  private static final int INITIAL_ENTRIES = 8;

  /** Entries younger than this are worth growing for: a copy of a packet may still come. */
  private static final long FRESH_NANOS = 200_000_000;

  private static final int FRESH_ENTRIES = 32;

  private long[] start = new long[INITIAL_ENTRIES];
  private long[] end = new long[INITIAL_ENTRIES];
  private long[] frame = new long[INITIAL_ENTRIES];
  private long[] timeNanos = new long[INITIAL_ENTRIES];
  private int[] timestampValue = new int[INITIAL_ENTRIES];
  private int[] ack = new int[INITIAL_ENTRIES];
  private int[] flagsAndWindow = new int[INITIAL_ENTRIES];
  private int[] ipIdAndHops = new int[INITIAL_ENTRIES];
  private int[] fingerprint = new int[INITIAL_ENTRIES];
  private byte[] marks = new byte[INITIAL_ENTRIES];
  private long size;
  private long firstUnacked;

  /** Returns the number that the next entry will have: one more than the last. */
  public long size() {
    return size;
  }

  /** Returns the number of the oldest entry that is still there. */
  public long first() {
    return Math.max(0, size - start.length);
  }

  /** Writes a segment down. */
  void add(FlowSegment segment, long una, boolean resent) {
    if (size >= start.length) {
      growIfUseful(segment.timeNanos(), una);
    }
    int slot = slot(size);
    start[slot] = segment.seqRel();
    end[slot] = segment.endRel();
    frame[slot] = segment.frame();
    timeNanos[slot] = segment.timeNanos();
    timestampValue[slot] = segment.segment().options().timestampValue();
    ack[slot] = segment.segment().ack();
    flagsAndWindow[slot] = flagsAndWindow(segment);
    ipIdAndHops[slot] = ipIdAndHops(segment);
    fingerprint[slot] = PayloadFingerprint.of(segment.segment());
    marks[slot] = (byte) (resent ? RESENT : 0);
    size++;
  }

  private static int flagsAndWindow(FlowSegment segment) {
    return segment.segment().flags() << 16 | segment.segment().windowField();
  }

  private static int ipIdAndHops(FlowSegment segment) {
    return segment.segment().ipId() << 8 | segment.segment().hopLimit();
  }

  private int slot(long index) {
    return (int) (index & (start.length - 1));
  }

  private void growIfUseful(long now, long una) {
    int oldest = slot(size);
    boolean fresh = start.length < FRESH_ENTRIES && now - timeNanos[oldest] < FRESH_NANOS;
    boolean useful = fresh || end[oldest] > una;
    if (!useful || start.length >= MAX_ENTRIES) {
      return;
    }
    int[] moves = movesToDoubled();
    start = moved(start, moves);
    end = moved(end, moves);
    frame = moved(frame, moves);
    timeNanos = moved(timeNanos, moves);
    timestampValue = moved(timestampValue, moves);
    ack = moved(ack, moves);
    flagsAndWindow = moved(flagsAndWindow, moves);
    ipIdAndHops = moved(ipIdAndHops, moves);
    fingerprint = moved(fingerprint, moves);
    marks = moved(marks, moves);
  }

  /**
   * Where each slot of the full ring goes in one of twice the size, so that an entry's number still
   * leads to it.
   */
  private int[] movesToDoubled() {
    int old = start.length;
    int[] moves = new int[old];
    for (long index = size - old; index < size; index++) {
      moves[(int) (index & (old - 1))] = (int) (index & (2L * old - 1));
    }
    return moves;
  }

  private static long[] moved(long[] ring, int[] moves) {
    long[] wider = new long[2 * ring.length];
    for (int i = 0; i < ring.length; i++) {
      wider[moves[i]] = ring[i];
    }
    return wider;
  }

  private static int[] moved(int[] ring, int[] moves) {
    int[] wider = new int[2 * ring.length];
    for (int i = 0; i < ring.length; i++) {
      wider[moves[i]] = ring[i];
    }
    return wider;
  }

  private static byte[] moved(byte[] ring, int[] moves) {
    byte[] wider = new byte[2 * ring.length];
    for (int i = 0; i < ring.length; i++) {
      wider[moves[i]] = ring[i];
    }
    return wider;
  }

  public long start(long index) {
    return start[slot(index)];
  }

  public long end(long index) {
    return end[slot(index)];
  }

  public long frame(long index) {
    return frame[slot(index)];
  }

  public long timeNanos(long index) {
    return timeNanos[slot(index)];
  }

  public int timestampValue(long index) {
    return timestampValue[slot(index)];
  }

  /** Returns the IPv4 identification of an entry; 0 for IPv6. */
  public int ipId(long index) {
    return ipIdAndHops[slot(index)] >>> 8;
  }

  public int hopLimit(long index) {
    return ipIdAndHops[slot(index)] & 0xFF;
  }

  /** Returns whether an entry's bytes were sent again later. */
  public boolean wasSentAgain(long index) {
    return (marks[slot(index)] & SENT_AGAIN) != 0;
  }

  /** Returns whether an entry was itself a retransmission that nobody has called unneeded yet. */
  public boolean isUnjudgedResend(long index) {
    return (marks[slot(index)] & (RESENT | NOT_NEEDED)) == RESENT;
  }

  void markNotNeeded(long index) {
    marks[slot(index)] |= NOT_NEEDED;
  }

  void markNewestNotNeeded() {
    if (size > 0) {
      markNotNeeded(size - 1);
    }
  }

  /**
   * Returns whether a segment equals an entry in all that its sender wrote but the payload:
   * positions, ack, flags, window, timestamp.
   */
  public boolean sameHeader(long index, FlowSegment segment) {
    int slot = slot(index);
    return start[slot] == segment.seqRel()
        && end[slot] == segment.endRel()
        && ack[slot] == segment.segment().ack()
        && flagsAndWindow[slot] == flagsAndWindow(segment)
        && timestampValue[slot] == segment.segment().options().timestampValue();
  }

  /**
   * Returns the newest entry that holds {@code position}, or -1 if none that is still there does.
   */
  public long newestWith(long position) {
    for (long i = size - 1; i >= first(); i--) {
      int slot = slot(i);
      if (start[slot] <= position && position < end[slot]) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the newest entry that starts at {@code position}, or -1 if none that is still there
   * does.
   */
  public long newestStartingAt(long position) {
    for (long i = size - 1; i >= first(); i--) {
      if (start[slot(i)] == position) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns whether an entry began with other payload than {@code segment} does; false where the
   * capture does not tell.
   */
  public boolean hasOtherPayload(long index, FlowSegment segment) {
    int before = fingerprint[slot(index)];
    int now = PayloadFingerprint.of(segment.segment());
    return before != PayloadFingerprint.NONE && now != PayloadFingerprint.NONE && before != now;
  }

  /**
   * Returns the oldest entry that shares a position with the range, or -1 if none that is still
   * there does.
   */
  public long oldestWith(long from, long to) {
    for (long i = first(); i < size; i++) {
      int slot = slot(i);
      if (start[slot] < to && from < end[slot]) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the oldest entry that starts at or beyond {@code position} and occupies any, or -1 if
   * there is none.
   */
  public long oldestBeyond(long position) {
    for (long i = first(); i < size; i++) {
      int slot = slot(i);
      if (start[slot] >= position && end[slot] > start[slot]) {
        return i;
      }
    }
    return -1;
  }

  /** Marks every entry that shares a position with the range as sent again. */
  void markSentAgain(long from, long to) {
    for (long i = first(); i < size; i++) {
      int slot = slot(i);
      if (start[slot] < to && from < end[slot]) {
        marks[slot] |= SENT_AGAIN;
      }
    }
  }

  /**
   * Passes over the entries that {@code ackRel} newly covers.
   *
   * @return the entry whose last byte is exactly the last one acknowledged and that was sent only
   *     once, or -1
   */
  long acknowledge(long ackRel) {
    long exact = -1;
    firstUnacked = Math.max(firstUnacked, first());
    while (firstUnacked < size && end[slot(firstUnacked)] <= ackRel) {
      int slot = slot(firstUnacked);
      if (end[slot] == ackRel && end[slot] > start[slot]) {
        exact = (marks[slot] & (SENT_AGAIN | RESENT)) != 0 ? -1 : firstUnacked;
      }
      firstUnacked++;
    }
    return exact;
  }

  /** Returns the oldest entry that is not acknowledged yet; {@link #size} if all are. */
  public long firstUnacked() {
    return Math.max(firstUnacked, first());
  }
}
