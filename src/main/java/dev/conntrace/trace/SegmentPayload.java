package dev.conntrace.trace;

/**
 * A borrowed view of what one segment brings to the byte streams of its connection, valid only
 * during the call. Keep something? Copy it.
 *
 * <p>Every segment of a wanted connection is shown, also one without payload: its control bits and
 * its acknowledgement bound the streams. Positions are relative and 64 bits wide: the initial
 * sequence number is 0, the first byte 1.
 */
public interface SegmentPayload {

  /** What a segment's payload is to its stream. */
  enum Standing {
    /** Bytes of the stream, perhaps sent before. */
    STREAM,
    /** The same packet captured or delivered once more: it brings nothing that its twin did not. */
    DUPLICATE_PACKET,
    /** The byte of a zero-window probe: data, where its position was not sent before. */
    WINDOW_PROBE,
    /** The byte of a keep-alive, which is no data (RFC 9293 3.8.4). */
    KEEP_ALIVE,
    /** The payload of a RST: words for a person, no data (RFC 9293 3.5.3, RFC 1122 4.2.2.12). */
    RESET,
    /** From another connection, or a forgery: its numbers do not fit this one. */
    STRAY,
    /** Its checksum is wrong: the receiver throws it away unread (RFC 9293 3.1). */
    DAMAGED,
    /**
     * Bytes of the stream under a wrong checksum: damaged on the way, so that they come again, or
     * altered in the capture only.
     */
    DOUBTED
  }

  /** Returns the connection's number. */
  int connection();

  /** Returns who talks to whom. */
  ConnectionKey key();

  /** Returns who sent it. */
  Side from();

  /** Returns whose bytes it acknowledges: the other side, or the same where both are one socket. */
  Side to();

  /** Returns the number of the packet record in the capture, from 1. */
  long frame();

  /** Returns nanoseconds since 1970, or {@link SegmentFacts#NO_TIMESTAMP}. */
  long timestampNanos();

  /** Returns what the payload is to its stream. */
  Standing standing();

  /** Returns whether it is its sender's SYN, after which the first byte is number 1. */
  boolean isSyn();

  /** Returns whether it ends its sender's stream. */
  boolean isFin();

  /** Returns the position of the first payload byte. */
  long firstByteRel();

  /** Returns how many payload bytes were on the wire. */
  int length();

  /** Returns how many of them were captured, from the first one on. */
  int capturedLength();

  /** Returns the array that holds the captured ones. */
  byte[] bytes();

  /** Returns the index of the first payload byte in {@link #bytes()}. */
  int offset();

  /** Returns whether {@link #to()} has anything acknowledged by now. */
  boolean hasAcknowledged();

  /**
   * Returns up to which position of {@link #to()}'s stream everything is acknowledged by now; never
   * runs back.
   */
  long acknowledgedRel();
}
