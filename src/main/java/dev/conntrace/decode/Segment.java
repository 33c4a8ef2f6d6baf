package dev.conntrace.decode;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketNotes;
import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.TcpFlags;
import dev.conntrace.wire.TcpOptions;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed view of one TCP segment and what carried it, refilled for each packet and valid only
 * during the call. Keep something? Copy it. Of a UDP datagram it holds frame, time, addresses,
 * ports and payload length, and nothing else that means anything.
 *
 * <p>IPv4 addresses are held as IPv4-mapped ones would be compared: {@code srcHigh} is 0 and {@code
 * srcLow} the 32-bit address; {@link #isIpv6()} tells the families apart.
 */
public final class Segment {
  private static final ChecksumState[] CHECKSUMS = ChecksumState.values();
  private static final int UNVERIFIED = ChecksumState.NOT_VERIFIED.ordinal();

  private static final long[] WHOLE = {};

  private static final byte[] NO_BYTES = {};

  long frame;
  long timestampNanos = Packet.NO_TIMESTAMP;
  int interfaceIndex;
  @Nullable String sourceFile;
  long sourceFrame;

  boolean ipv6;
  long srcHigh;
  long srcLow;
  long dstHigh;
  long dstLow;
  int hopLimit;
  int ipId;
  boolean dontFragment;
  int ecn;

  int srcPort;
  int dstPort;
  int flowHash;
  int seq;
  int ack;
  int flags;
  int windowField;
  int urgentPointer;
  final TcpOptions options = new TcpOptions();

  byte[] bytes = NO_BYTES;
  int ipOffset;
  int tcpOffset;
  int payloadOffset;
  int payloadLength;
  int payloadFingerprint;

  /** Index after the last captured byte of the segment. */
  int capturedEnd;

  /** Index of the packet's first byte; of the first fragment's where several were put together. */
  int packetOffset;

  int ipHeaderLength;
  int tcpHeaderLength;
  boolean lengthFromFrame;
  long originalLength;
  boolean snapped;

  /**
   * The number of a {@link ChecksumState}: storing a reference for each packet makes the collector
   * take note each time.
   */
  private int checksum = UNVERIFIED;

  /** The frames of the pieces that were put together; empty if it came whole. */
  long[] fragmentFrames = WHOLE;

  final Encapsulation encapsulation = new Encapsulation();
  final LayerTrail layers = new LayerTrail();
  private @Nullable PacketNotes notes;

  /**
   * Lets go of the packet's bytes, which are about to be overwritten: none of them counts as
   * captured any more. Everything that was read from them stays.
   */
  public void forgetBytes() {
    bytes = NO_BYTES;
    packetOffset = 0;
    ipOffset = 0;
    tcpOffset = 0;
    payloadOffset = 0;
    capturedEnd = 0;
  }

  /** Takes what the capture says of the packet itself. */
  void begin(Packet packet) {
    frame = packet.frame();
    timestampNanos = packet.timestampNanos();
    interfaceIndex = packet.interfaceIndex();
    sourceFile = packet.sourceFile();
    sourceFrame = packet.sourceFrame();
    bytes = packet.bytes();
    packetOffset = packet.offset();
    originalLength = packet.originalLength();
    snapped = packet.capturedLength() < originalLength;
    checksum = UNVERIFIED;
    fragmentFrames = WHOLE;
    notes = packet.notes();
    encapsulation.clear();
    layers.clear();
  }

  /** Number of the packet record in the capture, from 1. */
  public long frame() {
    return frame;
  }

  /** Nanoseconds since 1970, or {@link Packet#NO_TIMESTAMP}. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /**
   * Where it was captured: the interface's index in the capture file, or on the machine where a
   * Linux cooked header says it.
   */
  public int interfaceIndex() {
    return interfaceIndex;
  }

  /** The file of a merged capture that the packet comes from; null where none was. */
  public @Nullable String sourceFile() {
    return sourceFile;
  }

  /** Number of the packet record in {@link #sourceFile()}, from 1. */
  public long sourceFrame() {
    return sourceFrame;
  }

  public boolean isIpv6() {
    return ipv6;
  }

  public long srcHigh() {
    return srcHigh;
  }

  public long srcLow() {
    return srcLow;
  }

  public long dstHigh() {
    return dstHigh;
  }

  public long dstLow() {
    return dstLow;
  }

  /** TTL (IPv4) or hop limit (IPv6), 0 to 255. */
  public int hopLimit() {
    return hopLimit;
  }

  /** IPv4 identification, 0 to 65535; 0 for IPv6, which has none. */
  public int ipId() {
    return ipId;
  }

  public boolean dontFragment() {
    return dontFragment;
  }

  /**
   * The two ECN bits of the IP header (RFC 3168 5): 0 not capable, 1 and 2 capable, 3 congestion
   * experienced.
   */
  public int ecn() {
    return ecn;
  }

  public int srcPort() {
    return srcPort;
  }

  public int dstPort() {
    return dstPort;
  }

  /** The same number for all segments between the same addresses and ports, either way. */
  public int flowHash() {
    return flowHash;
  }

  /** Raw 32-bit sequence number. */
  public int seq() {
    return seq;
  }

  /** Raw 32-bit acknowledgement number; means something only if {@link #isAck()}. */
  public int ack() {
    return ack;
  }

  /** The nine control bits: see {@link TcpFlags}. */
  public int flags() {
    return flags;
  }

  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  public boolean isSyn() {
    return (flags & TcpFlags.SYN) != 0;
  }

  public boolean isAck() {
    return (flags & TcpFlags.ACK) != 0;
  }

  public boolean isFin() {
    return (flags & TcpFlags.FIN) != 0;
  }

  public boolean isRst() {
    return (flags & TcpFlags.RST) != 0;
  }

  /** The window field as sent, 0 to 65535, not scaled. */
  public int windowField() {
    return windowField;
  }

  public int urgentPointer() {
    return urgentPointer;
  }

  public TcpOptions options() {
    return options;
  }

  /**
   * Payload bytes by the IP header, or by the frame where the IP length is 0 (offload); captured or
   * not.
   */
  public int payloadLength() {
    return payloadLength;
  }

  /**
   * A number that differs where the payloads of two segments begin differently, or {@link
   * PayloadFingerprint#NONE}.
   */
  public int payloadFingerprint() {
    return payloadFingerprint;
  }

  /** Bytes in sequence space: the payload, and one each for SYN and FIN (RFC 9293 3.4). */
  public int sequenceLength() {
    return payloadLength + (flags & TcpFlags.FIN) + ((flags & TcpFlags.SYN) >> 1);
  }

  /** The array that holds the captured bytes. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index of the first payload byte in {@link #bytes()}. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** How many payload bytes the capture holds: at most {@link #payloadLength()}. */
  public int capturedPayloadLength() {
    return capturedEnd - payloadOffset;
  }

  /** Bytes before the (innermost) IP header: link layer, tags, tunnels. */
  public int linkHeaderLength() {
    return ipOffset - packetOffset;
  }

  /** Bytes of the (innermost) IP header with its options or extension headers. */
  public int ipHeaderLength() {
    return ipHeaderLength;
  }

  /** Bytes of the TCP header with its options, 20 to 60. */
  public int tcpHeaderLength() {
    return tcpHeaderLength;
  }

  /** Whether the payload length had to be taken from the frame because the IP header says 0. */
  public boolean lengthFromFrame() {
    return lengthFromFrame;
  }

  /** Length of the packet on the wire in bytes, as the capture states it. */
  public long originalLength() {
    return originalLength;
  }

  /** Whether the capture kept less of the packet than there was. */
  public boolean isSnapped() {
    return snapped;
  }

  /** How many IP fragments it was put together from; 0 if it came whole. */
  public int fragments() {
    return fragmentFrames.length;
  }

  /**
   * Returns the frame of one of its fragments, in the order in which they came; the last one is
   * {@link #frame()}.
   */
  public long fragmentFrame(int i) {
    return fragmentFrames[i];
  }

  /** Returns what the segment travelled in, header by header. */
  public Encapsulation carriers() {
    return encapsulation;
  }

  /**
   * Names what the segment travelled in beside plain link and IP layers ({@code VLAN 5}, {@code
   * GRE}), outermost first; null if nothing.
   */
  public @Nullable String encapsulation() {
    return encapsulation.inWords();
  }

  /** The headers before the TCP header, also where the walk ended before one. */
  public LayerTrail layers() {
    return layers;
  }

  /** Comments of the capture on the packet, one a line, as in the file; empty if none. */
  public String comment() {
    return notes == null ? "" : notes.comment();
  }

  /** Where the packet was captured, as in the file; empty if the capture does not say. */
  public String interfaceName() {
    return notes == null ? "" : notes.interfaceName();
  }

  /** More about where the packet was captured; empty if the capture does not say. */
  public String interfaceDescription() {
    return notes == null ? "" : notes.interfaceDescription();
  }

  /** Whether the capture had described more than one interface by then. */
  public boolean isOfSeveralInterfaces() {
    return notes != null && notes.oneOfSeveral();
  }

  /** Returns what was found when the packet was read: see {@link ChecksumSample}. */
  public ChecksumState checksum() {
    return CHECKSUMS[checksum];
  }

  void noteChecksum(ChecksumState found) {
    checksum = found.ordinal();
  }

  /**
   * Verifies the TCP checksum over what was captured. Reads every payload byte, so call it only
   * where the answer is used.
   */
  public ChecksumState checksumState() {
    return TcpChecksum.verify(this);
  }
}
