package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.TcpFlags;

/**
 * A segment placed in its connection: who sent it, and its numbers unwrapped. One object, refilled
 * for each segment and valid only during the call; analyzers see it before its endpoints have
 * changed.
 */
public final class FlowSegment {
  /** RFC 7323 2.3. */
  private static final long LARGEST_WINDOW_BYTES = 65_535L << 14;

  /** What fits into an Ethernet frame. */
  private static final int USUAL_MSS_BYTES = 1460;

  private Segment segment = new Segment();
  private Connection connection = Connection.NONE;
  private Endpoint sender = Endpoint.NONE;
  private Endpoint receiver = Endpoint.NONE;
  private long timeNanos;
  private long latestNanos;
  private long seqRel;
  private long endRel;
  private long ackRel;
  private int windowBytes;
  private boolean goesOn;
  private boolean stray;
  private boolean ackStray;
  private boolean following;

  /** Places a segment; both bases must be known by now where they can be. */
  void place(
      Segment segment, Connection connection, Endpoint sender, long timeNanos, long latestNanos) {
    this.segment = segment;
    this.connection = connection;
    this.sender = sender;
    this.receiver = connection.peerOf(sender);
    this.timeNanos = timeNanos;
    this.latestNanos = latestNanos;
    seqRel = sender.relative(segment.seq());
    endRel = seqRel + segment.sequenceLength();
    ackRel = segment.isAck() ? receiver.relative(segment.ack()) : 0;
    windowBytes = sender.scaled(segment);
    stray = false;
    ackStray = false;
    following = false;
    goesOn =
        seqRel == sender.nxt()
            && sender.hasNxt()
            && ackRel >= receiver.una()
            && ackRel <= receiver.nxt();
    if (!goesOn) {
      reconsider();
    }
  }

  /** It follows another stray. */
  void follow() {
    following = true;
  }

  /** Returns whether it follows another stray, of which everything has been said. */
  public boolean isFollowingStray() {
    return following;
  }

  /**
   * Returns whether it starts where its sender's last one ended, and acknowledges something sent
   * and no less than before. Nearly every segment does.
   */
  boolean goesOn() {
    return goesOn;
  }

  /**
   * Looks, perhaps anew, whether it is a stray, after its connection was taken up again elsewhere.
   */
  void reconsider() {
    stray = Acceptance.isStray(this);
    ackStray = Acceptance.isAckStray(this);
  }

  public Segment segment() {
    return segment;
  }

  public Connection connection() {
    return connection;
  }

  public Endpoint sender() {
    return sender;
  }

  public Endpoint receiver() {
    return receiver;
  }

  public long frame() {
    return segment.frame();
  }

  /**
   * The packet's time in nanoseconds since 1970; that of the packet before where the capture has
   * none. Never a clock's.
   */
  public long timeNanos() {
    return timeNanos;
  }

  /** The latest time of any packet so far: this one's, unless the capture steps back in time. */
  public long latestNanos() {
    return latestNanos;
  }

  /** Position of the segment's first sequence number in the sender's stream. */
  public long seqRel() {
    return seqRel;
  }

  /** Position after everything that the segment occupies, SYN and FIN included. */
  public long endRel() {
    return endRel;
  }

  /** Position of the first payload byte. */
  public long dataRel() {
    return seqRel + (segment.isSyn() ? 1 : 0);
  }

  /** Position in the receiver's stream that is acknowledged; 0 without the ACK flag. */
  public long ackRel() {
    return ackRel;
  }

  /** The window in bytes, as far as the scale is known: at most 2^30 (RFC 7323 2.3). */
  public int windowBytes() {
    return windowBytes;
  }

  public int length() {
    return segment.payloadLength();
  }

  /**
   * Returns what the checksum says. Segments that a network card joined, or has yet to split, carry
   * one that never was on a wire: those count as partial.
   */
  public ChecksumState checksum() {
    ChecksumState found = segment.checksum();
    return found == ChecksumState.BAD && isBundle() ? ChecksumState.PARTIAL : found;
  }

  private boolean isBundle() {
    Offer named = receiver.offer();
    int most = named.hasMss() ? named.mssBytes() : USUAL_MSS_BYTES;
    return segment.lengthFromFrame() || segment.payloadLength() > most;
  }

  public boolean isAck() {
    return segment.isAck();
  }

  public boolean isSyn() {
    return segment.isSyn();
  }

  public boolean isFin() {
    return segment.isFin();
  }

  public boolean isRst() {
    return segment.isRst();
  }

  /**
   * Returns whether this is a SYN-ACK whose acknowledgement names another SYN than the one that the
   * receiver sent: an answer in an older connection, or in another network.
   */
  public boolean answersOtherSyn() {
    return isSyn()
        && isAck()
        && receiver.offer().isSeen()
        && receiver.hasNxt()
        && (ackRel < 1 || ackRel > receiver.knownEnd());
  }

  /** Returns whether the segment occupies positions of its stream: it has payload, SYN or FIN. */
  public boolean occupies() {
    return endRel > seqRel;
  }

  /**
   * Returns whether it has a FIN where its sender went on sending: a sender that has closed sends
   * nothing behind its FIN, so this one is not its.
   */
  public boolean isFinBelowData() {
    return isFin() && !sender.closing().finSent() && endRel < sender.knownEnd();
  }

  /** Returns whether the segment has no SYN, FIN or RST. */
  boolean hasNoControl() {
    return (segment.flags() & (TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST)) == 0;
  }

  /** Returns whether the segment only acknowledges: no payload, no SYN, FIN or RST. */
  public boolean isPureAck() {
    return segment.payloadLength() == 0
        && (segment.flags() & (TcpFlags.ACK | TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST))
            == TcpFlags.ACK;
  }

  /**
   * Returns whether what it acknowledges cannot have been sent, or lies before the first byte: its
   * acknowledgement counts for nothing (RFC 5961 5), unless the capture missed a great deal.
   */
  public boolean isAckStray() {
    return ackStray;
  }

  /** Returns whether it has a number that nobody believes. */
  public boolean isDoubtful() {
    return stray || ackStray;
  }

  /**
   * Returns whether it acknowledges so little that its receiver must not accept it: less than what
   * is acknowledged by more than the largest window (RFC 5961 5.2).
   */
  public boolean isAckBelowWindow() {
    long behind = receiver.una() - ackRel;
    boolean scaled = sender.offer().isScaleSettled();
    long reach = scaled ? sender.announcement().largestWindowBytes() : LARGEST_WINDOW_BYTES;
    return isAck() && receiver.hasUna() && behind > reach;
  }

  /**
   * Returns whether its numbers are so far from everything known of this connection that it cannot
   * belong to it, unless the capture missed a great deal: no window reaches there (RFC 9293
   * 3.10.7.4).
   */
  public boolean isStray() {
    return stray;
  }
}
