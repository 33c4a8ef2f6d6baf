package dev.conntrace;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.IcmpError;
import dev.conntrace.decode.Reassembly;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Some hundred packets, decoded, with bytes of their own where somebody may want these: what the
 * reading thread hands over. Filled and emptied over and over.
 *
 * <p>News of dropped packets ends a batch, so that one place for them is enough.
 */
final class DecodedBatch {
  private static final int PACKETS = 1024;
  private static final int BYTES = 1 << 19;
  private static final byte[] NOTHING = {};

  private final SegmentDecoder decoder;
  private final boolean wantsSegments;
  private final Packet copy = new Packet();
  private final Segment[] segments = new Segment[PACKETS];
  private final DecodeOutcome[] outcomes = new DecodeOutcome[PACKETS];

  /** For packets that are ICMP messages, in their places; the others hold what was there before. */
  private final @Nullable IcmpError[] icmpErrors = new @Nullable IcmpError[PACKETS];

  private byte[] bytes = NOTHING;
  private int used;
  private int size;
  private long droppedPackets;
  private boolean last;
  private @Nullable CaptureException damage;
  private @Nullable Throwable fault;

  /**
   * Makes an empty batch.
   *
   * @param wantsSegments whether the packets' bytes, and the headers that lay before the segments,
   *     are to be looked at after they were decoded
   */
  DecodedBatch(Reassembly reassembly, boolean wantsSegments) {
    this.wantsSegments = wantsSegments;
    decoder = new SegmentDecoder(reassembly, wantsSegments);
    for (int i = 0; i < PACKETS; i++) {
      segments[i] = new Segment();
    }
  }

  /**
   * Refills this from {@code source}. Whatever ends the reading is kept for the thread that empties
   * it.
   *
   * @param packet where the source puts its packets
   * @param counters count each packet
   * @return whether there is more to come
   */
  boolean fill(PacketSource source, Packet packet, CaptureCounters counters) {
    used = 0;
    size = 0;
    last = false;
    droppedPackets = source.droppedPackets();
    try {
      boolean room = true;
      while (room && !last) {
        last = !source.next(packet);
        if (!last) {
          long droppedBefore = droppedPackets;
          droppedPackets = source.droppedPackets();
          room = take(packet, counters) && droppedPackets == droppedBefore;
        }
      }
    } catch (CaptureException e) {
      last = true;
      damage = e;
    } catch (RuntimeException | Error e) {
      last = true;
      fault = e;
    }
    return !last;
  }

  /** Takes and decodes one packet; returns whether another may follow it. */
  private boolean take(Packet packet, CaptureCounters counters) {
    Segment segment = segments[size];
    DecodeOutcome outcome = decoder.decode(wantsSegments ? copyOf(packet) : packet, segment);
    outcomes[size] = outcome;
    if (outcome == DecodeOutcome.ICMP) {
      IcmpError spare = icmpErrors[size];
      icmpErrors[size] = decoder.exchangeIcmpError(spare == null ? new IcmpError() : spare);
    }
    counters.count(packet, outcome, segment);
    if (!wantsSegments) {
      // They are the source's, which is about to write the next packet over them.
      segment.forgetBytes();
    }
    size++;
    return size < PACKETS && hasRoom();
  }

  private Packet copyOf(Packet packet) {
    int length = packet.capturedLength();
    if (length > bytes.length - used) {
      // The packets before this one keep the bytes that they lie over.
      bytes = new byte[Math.max(BYTES, length)];
      used = 0;
    }
    System.arraycopy(packet.bytes(), packet.offset(), bytes, used, length);
    copy.set(bytes, used, length, packet.originalLength());
    used += length;
    copy.describe(
        packet.frame(), packet.timestampNanos(), packet.linkType(), packet.interfaceIndex());
    copy.comesFrom(packet.sourceFile(), packet.sourceFrame());
    copy.annotate(packet.notes());
    return copy;
  }

  private boolean hasRoom() {
    return !wantsSegments || used < bytes.length;
  }

  int size() {
    return size;
  }

  /** Returns whether it holds so many packets that it takes long to follow them. */
  boolean isLarge() {
    return size > PACKETS / 2;
  }

  /**
   * Returns a packet's segment; where it has none, frame and time are the packet's all the same.
   */
  Segment segment(int i) {
    return segments[i];
  }

  DecodeOutcome outcome(int i) {
    return outcomes[i];
  }

  /** Returns what a packet that is an ICMP message says of a segment; null for other packets. */
  @Nullable IcmpError icmpError(int i) {
    return outcomes[i] == DecodeOutcome.ICMP ? icmpErrors[i] : null;
  }

  /** Returns how many packets had been dropped when the last one was read. */
  long droppedPackets() {
    return droppedPackets;
  }

  boolean isLast() {
    return last;
  }

  /** Returns where the capture is damaged; null if reading did not end there. */
  @Nullable CaptureException damage() {
    return damage;
  }

  /** Returns what went wrong on the reading thread; null if nothing did. */
  @Nullable Throwable fault() {
    return fault;
  }
}
