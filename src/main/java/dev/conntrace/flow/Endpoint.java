package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import dev.conntrace.wire.SeqNum;

/**
 * One end of a connection, as a passive observer knows it: what it sent, what of that was
 * acknowledged, and what it allows the other side to send. Both ends are objects of this one class,
 * so that a rule cannot differ by direction.
 *
 * <p>Positions are relative to this end's initial sequence number and 64 bits wide. The names are
 * RFC 9293's (3.3.1): {@code una} is the oldest position not acknowledged, {@code nxt} the one
 * after everything sent.
 */
public final class Endpoint {
  static final Endpoint NONE = new Endpoint(Side.CLIENT, new SpareRings());

  private final Side side;
  private final Offer offer = new Offer();
  private final Announcement announcement = new Announcement();
  private final SeenRanges seen = new SeenRanges();
  private final SendLedger ledger;
  private final RttEstimator rtt = new RttEstimator();
  private long waitedUntilNanos = Long.MIN_VALUE;
  private final Totals totals = new Totals();

  // What many connections never need is made when it is first changed; until then all share one.
  private SackScoreboard scoreboard = SackScoreboard.NONE;
  private Closing closing = Closing.NONE;
  private Probing probing = Probing.NONE;
  private Recovery recovery = Recovery.NONE;
  private Suspicion suspicion = Suspicion.NONE;
  private UnseenAcks unseenAcks = UnseenAcks.NONE;
  private Quotes quotes = Quotes.NONE;
  private Pause pause = Pause.NONE;
  private Doubt doubt = Doubt.NONE;

  TcpState state = TcpState.UNKNOWN;

  private boolean baseKnown;
  private int base;
  private boolean nxtKnown;
  private long nxt;
  private long nxtTimeNanos;
  private boolean unaKnown;
  private long una;
  private long unaFrame;
  private long unaStep;

  Endpoint(Side side, SpareRings spareRings) {
    this.side = side;
    ledger = new SendLedger(spareRings);
  }

  /** States which raw number is position 0: the initial sequence number. */
  void setBase(int raw) {
    base = raw;
    baseKnown = true;
  }

  /** Returns the position of a raw sequence number: the one nearest to what was sent last. */
  public long relative(int raw) {
    return baseKnown ? SeqNum.unwrap(raw - base, Math.max(nxt, una)) : 0;
  }

  public boolean isBaseKnown() {
    return baseKnown;
  }

  /** Returns the raw number of position 0. */
  public int base() {
    return base;
  }

  /** Returns the window of a segment of this end in bytes: SYNs are never scaled (RFC 7323 2.2). */
  public int scaled(Segment segment) {
    int field = segment.windowField();
    return segment.isSyn() ? field : field << offer.scaleInForce();
  }

  /**
   * Returns what the window of a segment of this end is at least in bytes, where the scale was
   * never seen: as much as the other end was seen to use.
   */
  public long leastWindowBytes(Segment segment) {
    int field = segment.windowField();
    return segment.isSyn() ? field : (long) field << offer.leastScale();
  }

  /** Takes in what the segment occupies. */
  void send(FlowSegment segment, boolean resent) {
    if (!nxtKnown) {
      nxtKnown = true;
      nxt = segment.seqRel();
      nxtTimeNanos = segment.timeNanos();
      if (!seen.isStarted()) {
        seen.startAt(segment.seqRel());
      }
    }
    totals.count(segment, show(segment));
    if (segment.endRel() > nxt) {
      nxt = segment.endRel();
      nxtTimeNanos = segment.timeNanos();
    }
    ledger.add(segment, una, resent);
  }

  /**
   * Takes in a window probe's new byte: nobody may ever accept it, so the stream goes no further,
   * but it has been seen (RFC 9293 3.8.6.1).
   */
  void sendProbe(FlowSegment probe) {
    totals.countProbe(probe, show(probe));
  }

  /** Marks what the segment occupies as seen; returns how many payload bytes had not been. */
  private long show(FlowSegment segment) {
    long data = segment.dataRel();
    long dataEnd = data + segment.length();
    if (segment.seqRel() == data && dataEnd == segment.endRel()) {
      return seen.add(data, dataEnd);
    }
    seen.add(segment.seqRel(), data);
    long fresh = seen.add(data, dataEnd);
    seen.add(dataEnd, segment.endRel());
    return fresh;
  }

  /**
   * Starts counting anew from another initial sequence number: what was sent under the old one was
   * never accepted.
   */
  void restart(int isn) {
    setBase(isn);
    nxtKnown = false;
    nxt = 0;
    seen.startAt(0);
  }

  /** Takes in an acknowledgement from the other side. */
  void acknowledge(FlowSegment ack) {
    long position = ack.ackRel();
    if (unaKnown && position <= una) {
      return;
    }
    unaStep = unaKnown ? position - una : 0;
    unaKnown = true;
    una = position;
    unaFrame = ack.frame();
    if (nxtKnown && position > nxt && seen.overlap(nxt, position) == position - nxt) {
      // A probe's byte was accepted: now it belongs to the stream.
      nxt = position;
    }
  }

  /** Takes the stream up again behind a gap in the capture. */
  void resumeAt(long seqRel, long endRel) {
    nxt = Math.max(nxt, endRel);
    seen.add(seqRel, endRel);
  }

  /** The other side's doubted segments were right in what they acknowledged. */
  void resumeAcknowledged(Doubt doubt) {
    if (doubt.ackRel() > una) {
      una = doubt.ackRel();
      unaFrame = doubt.frame();
      ledger.acknowledge(una);
      recovery.acknowledge(una);
    }
  }

  /**
   * The first thing known of this end is an acknowledgement of it: everything below was sent before
   * the capture began.
   */
  void beginAt(int ackRaw) {
    setBase(ackRaw - 1);
    seen.startAt(1);
    unaKnown = true;
    una = 1;
  }

  public Side side() {
    return side;
  }

  public TcpState state() {
    return state;
  }

  /** Returns whether this end has sent anything that the capture shows. */
  public boolean hasNxt() {
    return nxtKnown;
  }

  /** Returns the position after the highest one sent. */
  public long nxt() {
    return nxt;
  }

  /** Returns when the highest position was sent. */
  public long nxtTimeNanos() {
    return nxtTimeNanos;
  }

  /** Returns whether the other side has acknowledged anything. */
  public boolean hasUna() {
    return unaKnown;
  }

  /** Returns the oldest position that is not acknowledged. */
  public long una() {
    return una;
  }

  /** Returns by how much the last acknowledgement that moved {@link #una} did so. */
  long unaStep() {
    return unaStep;
  }

  /** Returns the frame of the acknowledgement that moved {@link #una} last. */
  public long unaFrame() {
    return unaFrame;
  }

  /**
   * Returns the position after everything known to have been sent, captured or only acknowledged.
   */
  public long knownEnd() {
    return Math.max(nxt, una);
  }

  /** Returns whether something sent is not acknowledged yet. */
  public boolean hasOutstanding() {
    return nxtKnown && nxt > una;
  }

  /** What the capture has shown of this end's stream. */
  public SeenRanges seen() {
    return seen;
  }

  /**
   * Takes a round trip in. What had waited long enough by then stays so, however long round trips
   * take from now on.
   */
  void measure(long rttNanos, long latestNanos) {
    waitedUntilNanos = Math.max(waitedUntilNanos, latestNanos - waitNanos());
    rtt.sample(rttNanos);
  }

  /** Returns for how long at least a verdict on one of this end's segments is open. */
  long waitNanos() {
    return Math.max(HoldBack.MIN_WAIT_NANOS, 2 * rtt.smoothedNanos());
  }

  /** Returns whether a verdict on a segment sent at {@code sentNanos} has been open so long. */
  boolean hasWaited(long sentNanos, long latestNanos) {
    return sentNanos <= waitedUntilNanos || latestNanos - sentNanos >= waitNanos();
  }

  /** What this end sent last. */
  public SendLedger ledger() {
    return ledger;
  }

  /** What of this end's bytes the other side has selectively acknowledged. */
  public SackScoreboard scoreboard() {
    return scoreboard;
  }

  SackScoreboard ownScoreboard() {
    if (scoreboard == SackScoreboard.NONE) {
      scoreboard = new SackScoreboard();
    }
    return scoreboard;
  }

  /**
   * Round trips from this end's segments to their acknowledgement, as the capture point sees them.
   */
  public RttEstimator rtt() {
    return rtt;
  }

  /** What this end's SYN offered and what came of it. */
  public Offer offer() {
    return offer;
  }

  /** What this end acknowledges and allows. */
  public Announcement announcement() {
    return announcement;
  }

  /** This end's FIN. */
  public Closing closing() {
    return closing;
  }

  Closing ownClosing() {
    if (closing == Closing.NONE) {
      closing = new Closing();
    }
    return closing;
  }

  /** The keep-alives and window probes that this end sent. */
  public Probing probing() {
    return probing;
  }

  Probing ownProbing() {
    if (probing == Probing.NONE) {
      probing = new Probing();
    }
    return probing;
  }

  /** Whether this end is repairing a loss. */
  public Recovery recovery() {
    return recovery;
  }

  Recovery ownRecovery() {
    if (recovery == Recovery.NONE) {
      recovery = new Recovery();
    }
    return recovery;
  }

  /** Returns what this end sent, counted. */
  public Totals totals() {
    return totals;
  }

  /** What this end sent that did not fit and may be answered by a challenge. */
  public Suspicion suspicion() {
    return suspicion;
  }

  Suspicion ownSuspicion() {
    if (suspicion == Suspicion.NONE) {
      suspicion = new Suspicion();
    }
    return suspicion;
  }

  /** Which of this end's segments were too large for the path. */
  public Quotes quotes() {
    return quotes;
  }

  Quotes ownQuotes() {
    if (quotes == Quotes.NONE) {
      quotes = new Quotes();
    }
    return quotes;
  }

  /** This end's last pause. */
  public Pause pause() {
    return pause;
  }

  Pause ownPause() {
    if (pause == Pause.NONE) {
      pause = new Pause();
    }
    return pause;
  }

  /** What this end sent that could not belong here by its numbers. */
  public Doubt doubt() {
    return doubt;
  }

  Doubt ownDoubt() {
    if (doubt == Doubt.NONE) {
      doubt = new Doubt();
    }
    return doubt;
  }

  /** Acknowledgements of bytes of this end that the capture had not shown. */
  UnseenAcks unseenAcks() {
    return unseenAcks;
  }

  UnseenAcks ownUnseenAcks() {
    if (unseenAcks == UnseenAcks.NONE) {
      unseenAcks = new UnseenAcks();
    }
    return unseenAcks;
  }
}
