package dev.conntrace.trace;

import dev.conntrace.wire.TcpFlags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One TCP segment as it was on the wire, with its numbers made readable.
 *
 * @param frame number of the packet record in the capture, from 1
 * @param timestampNanos nanoseconds since 1970, or {@link #NO_TIMESTAMP}
 * @param from who sent it
 * @param flags the control bits ({@link TcpFlags})
 * @param seq raw 32-bit sequence number
 * @param ack raw 32-bit acknowledgement number; means something only with the ACK flag
 * @param seqRel 64-bit position of the first byte: the ISN is 0, the first data byte 1
 * @param ackRel 64-bit position in the other direction that is acknowledged
 * @param length payload bytes
 * @param windowField the window as sent, 0 to 65535
 * @param windowBytes the window in bytes, scaled; the raw field where the scale is unknown
 * @param windowScaleKnown whether {@code windowBytes} could be scaled
 * @param leastWindowBytes what the window is at least where its scale is not known: as much of it
 *     as the other side was seen to use
 * @param options the TCP options
 * @param headers what each layer takes
 * @param originalLength bytes of the packet on the wire
 * @param ipId IPv4 identification; 0 for IPv6
 * @param hopLimit TTL or hop limit
 * @param ecn the two ECN bits of the IP header
 * @param payloadStart the first captured payload bytes (a few dozen at most), one char of 0 to 255
 *     each
 * @param encapsulation what it travelled in beside plain link and IP layers; null if nothing
 * @param notes what the capture says of it
 * @param fragments the frames of the IP fragments that it was put together from, in the order in
 *     which they came; empty if it came whole
 * @param source where it stands in its own file; null unless several were merged
 */
public record SegmentFacts(
    long frame,
    long timestampNanos,
    Side from,
    int flags,
    int seq,
    int ack,
    long seqRel,
    long ackRel,
    int length,
    int windowField,
    long windowBytes,
    boolean windowScaleKnown,
    long leastWindowBytes,
    SegmentOptions options,
    HeaderSizes headers,
    long originalLength,
    int ipId,
    int hopLimit,
    int ecn,
    String payloadStart,
    @Nullable String encapsulation,
    FrameNotes notes,
    List<Long> fragments,
    @Nullable SourceFrame source) {

  /** Stands for a timestamp that the capture does not have. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  /** Returns whether a control bit is set. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Returns whether the capture says when the segment was seen. */
  public boolean hasTimestamp() {
    return timestampNanos != NO_TIMESTAMP;
  }

  /** Returns the relative position after the last payload byte. */
  public long endRel() {
    return firstByteRel() + length;
  }

  /** Returns the relative position of the first payload byte: behind the SYN where there is one. */
  public long firstByteRel() {
    return seqRel + (has(TcpFlags.SYN) ? 1 : 0);
  }

  /**
   * Returns what the segment occupies in its stream, in words: {@code bytes 1-10}, {@code the SYN},
   * {@code the FIN}.
   */
  public String rangeInWords() {
    if (length == 1) {
      return "byte " + firstByteRel();
    }
    if (length > 0) {
      return "bytes " + firstByteRel() + "-" + (endRel() - 1);
    }
    if (has(TcpFlags.SYN)) {
      return has(TcpFlags.ACK) ? "the SYN-ACK" : "the SYN";
    }
    return has(TcpFlags.FIN) ? "the FIN" : "nothing";
  }
}
