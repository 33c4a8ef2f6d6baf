package dev.conntrace.decode;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One IP datagram that comes in pieces, in any order. Fragments begin at multiples of 8 bytes, so
 * that a bit for each 8 bytes tells what is there (RFC 791 3.2 calls the unit a block).
 *
 * <pre>
 *  front                       payload
 * +------+----------+---------+--------+--------+--------+--------+
 * | link | tunnels  | IP      | piece           |        | piece  |
 * +------+----------+---------+--------+--------+--------+--------+
 *  of the first fragment       0        8                 end of the last one: length
 * </pre>
 */
final class FragmentedDatagram {
  /** No IP payload is longer (RFC 791 3.1, RFC 8200 4.5). */
  static final int MAX_LENGTH = 65_535;

  static final int BLOCK = 8;

  /** As many as there can be pieces. */
  private static final int MAX_FRAMES = 8192;

  private static final int UNKNOWN = -1;
  private static final int CONGESTION_EXPERIENCED = 3;

  final long firstNanos;
  final boolean ipv6;
  private final BitSet covered = new BitSet();
  private final BitSet beginnings = new BitSet();
  private byte[] front = {};
  private byte[] payload = {};
  private int length = UNKNOWN;
  private int capturedEnd = MAX_LENGTH;
  private long[] frames = {};
  private int frameCount;
  private boolean overlapping;
  private boolean snapped;
  private boolean congestion;
  private int ipOffset;
  private int hopLimit;
  private int protocol;

  FragmentedDatagram(long firstNanos, boolean ipv6) {
    this.firstNanos = firstNanos;
    this.ipv6 = ipv6;
  }

  /** Returns how many bytes are kept for it. */
  int keptBytes() {
    return front.length + payload.length + frames.length * Long.BYTES;
  }

  /** Returns whether pieces were in each other's place. */
  boolean isOverlapping() {
    return overlapping;
  }

  /**
   * Returns whether nothing will become of it: an IPv6 datagram with overlaps is dropped with all
   * its fragments, those still to come included (RFC 5722 4).
   */
  boolean isDropped() {
    return overlapping && ipv6;
  }

  /**
   * Adds the piece that lies ahead of {@code walk}. What has come first stays where pieces overlap.
   *
   * @param offset where it belongs, a multiple of {@link #BLOCK}
   * @param size its bytes, a multiple of {@link #BLOCK} if there are more
   * @param more whether it is not the datagram's last piece
   * @param nextHeader the protocol that follows the IP header, if this is the first piece
   */
  void add(Walk walk, Segment segment, int offset, int size, boolean more, int nextHeader) {
    int end = offset + size;
    boolean contradicts =
        length == UNKNOWN
            ? !more && end < covered.length() * BLOCK
            : end > length || (!more && end < length);
    if (contradicts) {
      overlapping = true;
      return;
    }
    int captured = Math.min(size, walk.limit - walk.at);
    int firstBlock = offset / BLOCK;
    int endBlock = (end + BLOCK - 1) / BLOCK;
    boolean isNew = covered.nextClearBit(firstBlock) < endBlock;
    int nextCovered = covered.nextSetBit(firstBlock);
    if (nextCovered >= 0 && nextCovered < endBlock) {
      overlapping |= isNew || !isCopy(walk, firstBlock, endBlock, offset, captured);
    }
    congestion |= segment.ecn == CONGESTION_EXPERIENCED;
    if (!more) {
      length = end;
    }
    if (offset == 0 && front.length == 0) {
      keepFront(walk, segment, nextHeader);
    }
    if (isNew) {
      fill(walk, offset, captured, firstBlock, endBlock);
      addFrames(segment);
      snapped |= segment.snapped;
      capturedEnd = captured < size ? Math.min(capturedEnd, offset + captured) : capturedEnd;
    }
  }

  /** The network may deliver a fragment twice, and the capture may hold it twice. */
  private boolean isCopy(Walk walk, int firstBlock, int endBlock, int offset, int captured) {
    int nextBeginning = beginnings.nextSetBit(firstBlock + 1);
    boolean samePlace =
        beginnings.get(firstBlock)
            && (nextBeginning < 0 || nextBeginning >= endBlock)
            && (!covered.get(endBlock) || beginnings.get(endBlock));
    int known = Math.min(offset + captured, Math.min(capturedEnd, payload.length));
    return samePlace
        && (known <= offset
            || Arrays.equals(
                payload, offset, known, walk.bytes, walk.at, walk.at + (known - offset)));
  }

  private void keepFront(Walk walk, Segment segment, int nextHeader) {
    front = Arrays.copyOfRange(walk.bytes, segment.packetOffset, walk.at);
    ipOffset = segment.ipOffset - segment.packetOffset;
    hopLimit = segment.hopLimit;
    protocol = nextHeader;
  }

  private void fill(Walk walk, int offset, int captured, int firstBlock, int endBlock) {
    int needed = offset + captured;
    if (payload.length < needed) {
      payload = Arrays.copyOf(payload, Math.max(needed, Math.min(MAX_LENGTH, 2 * payload.length)));
    }
    int block = covered.nextClearBit(firstBlock);
    while (block < endBlock) {
      int next = covered.nextSetBit(block);
      int runEnd = next < 0 ? endBlock : Math.min(next, endBlock);
      int from = block * BLOCK;
      int bytes = Math.min(runEnd * BLOCK, needed) - from;
      if (bytes > 0) {
        System.arraycopy(walk.bytes, walk.at + (from - offset), payload, from, bytes);
      }
      covered.set(block, runEnd);
      beginnings.set(block);
      block = covered.nextClearBit(runEnd);
    }
  }

  /** Where the piece came in pieces itself, those are named. */
  private void addFrames(Segment segment) {
    long[] more = segment.fragmentFrames;
    int added = Math.min(Math.max(1, more.length), MAX_FRAMES - frameCount);
    if (frames.length < frameCount + added) {
      frames = Arrays.copyOf(frames, Math.max(frameCount + added, 2 * frames.length));
    }
    for (int i = 0; i < added; i++) {
      frames[frameCount++] = more.length == 0 ? segment.frame : more[i];
    }
  }

  /** Returns whether every byte up to the last one has come, and nothing speaks against them. */
  boolean isComplete() {
    return length != UNKNOWN
        && !isDropped()
        && covered.nextClearBit(0) >= (length + BLOCK - 1) / BLOCK;
  }

  /**
   * Lets the walk go on in the whole datagram, behind its IP header, with the protocol that its
   * first piece names. The bytes are the segment's alone from now on.
   */
  void continueIn(Walk walk, Segment segment) {
    int captured = Math.min(length, capturedEnd);
    byte[] whole = Arrays.copyOf(front, front.length + captured);
    System.arraycopy(payload, 0, whole, front.length, captured);
    walk.bytes = whole;
    walk.at = front.length;
    walk.limit = whole.length;
    walk.end = front.length + (long) length;
    segment.bytes = whole;
    segment.packetOffset = 0;
    segment.ipOffset = ipOffset;
    walk.protocol = protocol;
    segment.hopLimit = hopLimit;
    segment.snapped |= snapped;
    segment.fragmentFrames = Arrays.copyOf(frames, frameCount);
    if (congestion) {
      // A mark on one fragment is a mark on the packet (RFC 3168 5.3).
      segment.ecn = CONGESTION_EXPERIENCED;
    }
  }
}
