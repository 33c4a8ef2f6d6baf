package dev.conntrace.flow;

import static dev.conntrace.flow.LedgerEntry.ACK_AND_WINDOW;
import static dev.conntrace.flow.LedgerEntry.FRAME_AND_IP;
import static dev.conntrace.flow.LedgerEntry.LENGTH_AND_TIMESTAMP;
import static dev.conntrace.flow.LedgerEntry.NUMBERS;
import static dev.conntrace.flow.LedgerEntry.START;
import static dev.conntrace.flow.LedgerEntry.TIME;
import static dev.conntrace.flow.LedgerMarks.ANSWERED;
import static dev.conntrace.flow.LedgerMarks.ASKED_FOR;
import static dev.conntrace.flow.LedgerMarks.NOT_NEEDED;
import static dev.conntrace.flow.LedgerMarks.QUOTED;
import static dev.conntrace.flow.LedgerMarks.REPORTED;
import static dev.conntrace.flow.LedgerMarks.RESENT;
import static dev.conntrace.flow.LedgerMarks.SENT_AGAIN;
import static dev.conntrace.flow.LedgerMarks.THROWN_AWAY;

import dev.conntrace.decode.PayloadFingerprint;
import dev.conntrace.wire.TcpFlags;
import org.jspecify.annotations.Nullable;

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

  /**
   * So many are kept in any case. On its way there a ring is not gone round, so its size need not
   * be a power of two.
   */
  static final int LEAST_ENTRIES = 16;

  private static final long[] NOTHING = {};

  private final SpareRings spares;
  private long[] entries = NOTHING;
  private int capacity;

  /** What remains of an entry's number is its place. */
  private int mask = LEAST_ENTRIES - 1;

  /** The payload fingerprints; null until there is one, which headers alone never have. */
  private int @Nullable [] fingerprints;

  private long first;
  private long size;
  private long firstUnacked;

  /** Begins empty, with rings from {@code spares} once there is something to write down. */
  SendLedger(SpareRings spares) {
    this.spares = spares;
  }

  /** Returns the number that the next entry will have: one more than the last. */
  public long size() {
    return size;
  }

  /** Returns the number of the oldest entry that is still there. */
  public long first() {
    return first;
  }

  /** Writes a segment down. */
  void add(FlowSegment segment, long una, boolean resent) {
    if (size - first == capacity) {
      makeRoom(una);
    }
    LedgerEntry.write(segment, resent ? RESENT : 0, entries, at(size));
    setFingerprint(segment.segment().payloadFingerprint());
    size++;
  }

  private void setFingerprint(int fingerprint) {
    if (fingerprints == null) {
      if (fingerprint == PayloadFingerprint.NONE) {
        return;
      }
      fingerprints = new int[capacity];
    }
    fingerprints[slot(size)] = fingerprint;
  }

  private int slot(long index) {
    return (int) index & mask;
  }

  private int at(long index) {
    return slot(index) * NUMBERS;
  }

  /**
   * Gives the oldest entry up, or widens the ring while the oldest is still to be acknowledged.
   *
   * <p>Its own numbers are not looked at: they have often left the processor's cache.
   */
  private void makeRoom(long una) {
    boolean useful = capacity < LEAST_ENTRIES || (firstUnacked <= first && end(first) > una);
    if (useful && capacity < MAX_ENTRIES) {
      grow();
    } else {
      first++;
    }
  }

  /** Widens the ring, which is full; each entry goes where its number leads in the wider one. */
  private void grow() {
    int wide = capacity < LEAST_ENTRIES ? SpareRings.wider(capacity) : 4 * capacity;
    int widerMask = Math.max(wide, LEAST_ENTRIES) - 1;
    long[] wider = spares.take(wide);
    int[] widerFingerprints = fingerprints == null ? null : new int[wide];
    for (long index = first; index < size; index++) {
      int slot = (int) index & widerMask;
      System.arraycopy(entries, at(index), wider, slot * NUMBERS, NUMBERS);
      if (widerFingerprints != null && fingerprints != null) {
        widerFingerprints[slot] = fingerprints[slot(index)];
      }
    }
    spares.give(entries);
    entries = wider;
    fingerprints = widerFingerprints;
    capacity = wide;
    mask = widerMask;
  }

  public long start(long index) {
    return entries[at(index) + START];
  }

  public long end(long index) {
    return endAt(at(index));
  }

  private long endAt(int at) {
    return entries[at + START] + (entries[at + LENGTH_AND_TIMESTAMP] >>> 32);
  }

  public long frame(long index) {
    return entries[at(index) + FRAME_AND_IP] >>> 24;
  }

  public long timeNanos(long index) {
    return entries[at(index) + TIME];
  }

  public int timestampValue(long index) {
    return (int) entries[at(index) + LENGTH_AND_TIMESTAMP];
  }

  /** Returns the IPv4 identification of an entry; 0 for IPv6. */
  public int ipId(long index) {
    return (int) (entries[at(index) + FRAME_AND_IP] >>> 8) & 0xFFFF;
  }

  public int hopLimit(long index) {
    return (int) entries[at(index) + FRAME_AND_IP] & 0xFF;
  }

  /** Marks an entry as quoted by an ICMP error; returns whether it was not before. */
  boolean markQuoted(long index) {
    boolean first = (marks(at(index)) & QUOTED) == 0;
    mark(at(index), QUOTED);
    return first;
  }

  /** Returns whether an ICMP error has quoted an entry: it did not arrive as it was. */
  public boolean wasQuoted(long index) {
    return (marks(at(index)) & QUOTED) != 0;
  }

  /** Returns whether an entry was itself a retransmission. */
  public boolean isResend(long index) {
    return (marks(at(index)) & RESENT) != 0;
  }

  /** Returns whether an entry's bytes were sent again later. */
  public boolean wasSentAgain(long index) {
    return (marks(at(index)) & SENT_AGAIN) != 0;
  }

  /** Returns whether an entry was itself a retransmission that nobody has called unneeded yet. */
  public boolean isUnjudgedResend(long index) {
    return (marks(at(index)) & (RESENT | NOT_NEEDED)) == RESENT;
  }

  /** Returns whether the receiver seems to have thrown an entry away that was a first copy. */
  public boolean wasThrownAway(long index) {
    return (marks(at(index)) & (RESENT | THROWN_AWAY)) == THROWN_AWAY;
  }

  /**
   * Returns whether the first report of a retransmission's bytes came late enough to be the answer
   * to it: then it arrived first, and a duplicate that is reported is an earlier copy that came
   * later.
   */
  public boolean wasAnswered(long index) {
    return (marks(at(index)) & ANSWERED) != 0;
  }

  /** Returns whether an entry was a retransmission whose bytes nobody has acknowledged since. */
  boolean isUnreportedResend(long index) {
    return (marks(at(index)) & (RESENT | REPORTED)) == RESENT;
  }

  /** Notes that the receiver has acknowledged or reported an entry's bytes since it was sent. */
  void markReported(long index, boolean answered) {
    mark(at(index), answered ? REPORTED | ANSWERED : REPORTED);
  }

  /** Returns the acknowledgement number that an entry carried, as sent. */
  int ack(long index) {
    return (int) (entries[at(index) + ACK_AND_WINDOW] >>> 32);
  }

  void markNotNeeded(long index) {
    mark(at(index), NOT_NEEDED);
  }

  private int marks(int at) {
    return LedgerMarks.of(entries[at + ACK_AND_WINDOW]);
  }

  private void mark(int at, int mark) {
    entries[at + ACK_AND_WINDOW] |= LedgerMarks.inPlace(mark);
  }

  void markNewest(int mark) {
    if (size > 0) {
      mark(at(size - 1), mark);
    }
  }

  /** Returns whether the receiver had asked for an entry that was a retransmission. */
  public boolean wasAskedFor(long index) {
    return (marks(at(index)) & ASKED_FOR) != 0;
  }

  /**
   * Returns whether a segment equals an entry in all that its sender wrote but the payload:
   * positions, ack, flags, window, timestamp.
   */
  public boolean sameHeader(long index, FlowSegment segment) {
    return LedgerEntry.isSame(segment, entries, at(index));
  }

  /** Returns the newest entry that holds {@code position}, or -1 if none that is left does. */
  public long newestWith(long position) {
    return newestWith(position, size);
  }

  /** Returns the same among the entries before {@code index}. */
  public long newestWith(long position, long index) {
    for (long i = index - 1; i >= first; i--) {
      int at = at(i);
      if (entries[at + START] <= position && position < endAt(at)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the entry of a frame, or -1 if it is not there any more. */
  public long withFrame(long frame) {
    for (long i = size - 1; i >= first && frame(i) >= frame; i--) {
      if (frame(i) == frame) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the newest entry that starts at {@code position}, or -1 if none that is left does. */
  public long newestStartingAt(long position) {
    for (long i = size - 1; i >= first; i--) {
      if (start(i) == position) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the entry that starts at {@code position} and carried this timestamp; the newest there
   * if none did, or -1.
   */
  public long startingAtWithTimestamp(long position, int timestamp) {
    for (long i = size - 1; i >= first; i--) {
      if (start(i) == position && timestampValue(i) == timestamp) {
        return i;
      }
    }
    return newestStartingAt(position);
  }

  /**
   * Returns whether an entry began with other payload than {@code segment} does; false where the
   * capture does not tell, or where one of them is too short to compare.
   */
  public boolean hasOtherPayload(long index, FlowSegment segment) {
    int before = fingerprints == null ? PayloadFingerprint.NONE : fingerprints[slot(index)];
    int now = segment.segment().payloadFingerprint();
    return before != PayloadFingerprint.NONE
        && now != PayloadFingerprint.NONE
        && before != now
        && PayloadFingerprint.comparedBytes(payloadLength(index))
            == PayloadFingerprint.comparedBytes(segment.length());
  }

  private int payloadLength(long index) {
    int flags = (int) (entries[at(index) + ACK_AND_WINDOW] >>> 16);
    int control = Integer.bitCount(flags & (TcpFlags.SYN | TcpFlags.FIN));
    return (int) (end(index) - start(index)) - control;
  }

  /**
   * Returns the oldest entry that shares a position with the range, or -1 if none that is still
   * there does.
   */
  public long oldestWith(long from, long to) {
    for (long i = first; i < size; i++) {
      int at = at(i);
      if (entries[at + START] < to && from < endAt(at)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the oldest entry that starts at or beyond {@code position} and occupies any; where none
   * does, the oldest that only acknowledges from there, for its sender had sent the rest by then.
   * -1 if there is neither.
   */
  public long oldestBeyond(long position) {
    long acknowledgement = -1;
    for (long i = first; i < size; i++) {
      if (start(i) < position) {
        continue;
      }
      if (end(i) > start(i)) {
        return i;
      }
      if (acknowledgement < 0) {
        acknowledgement = i;
      }
    }
    return acknowledgement;
  }

  /** Marks every entry that shares a position with the range as sent again. */
  void markSentAgain(long from, long to) {
    for (long i = first; i < size; i++) {
      int at = at(i);
      if (entries[at + START] < to && from < endAt(at)) {
        mark(at, SENT_AGAIN);
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
    boolean repaired = false;
    firstUnacked = Math.max(firstUnacked, first);
    while (firstUnacked < size && end(firstUnacked) <= ackRel) {
      repaired |= (marks(at(firstUnacked)) & (SENT_AGAIN | RESENT)) != 0;
      if (end(firstUnacked) == ackRel && end(firstUnacked) > start(firstUnacked)) {
        exact = firstUnacked;
      }
      firstUnacked++;
    }
    return repaired ? -1 : exact;
  }

  /** Returns the oldest entry that is not acknowledged yet; {@link #size} if all are. */
  public long firstUnacked() {
    return Math.max(firstUnacked, first);
  }
}
