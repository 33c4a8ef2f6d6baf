package dev.conntrace.expect;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Reassembly;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.trace.TraceSink;
import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A capture whose packets can be changed, left out and repeated before they are traced. Checksums
 * stay what they were: right, wrong, or left to the network card.
 */
final class EditedCapture {
  private static final int FIRST_EPHEMERAL = 32_768;
  private static final int EPHEMERAL_PORTS = 28_000;
  private static final int SACK = 5;
  private static final int TIMESTAMPS = 8;

  /**
   * One packet; {@code tcp} is where its TCP header begins, -1 where there is none to be changed.
   */
  record Edited(
      ByteBuffer buffer,
      long timeNanos,
      long originalLength,
      int linkType,
      int interfaceIndex,
      int tcp,
      int ipHeaderLength,
      int payload,
      int payloadLength,
      String src,
      String dst,
      boolean isPartial) {
    /** Returns a copy of the bytes. */
    byte[] bytes() {
      byte[] copy = new byte[buffer.capacity()];
      buffer.get(0, copy);
      return copy;
    }

    int flags() {
      return buffer.get(tcp + 13) & 0xff;
    }

    private Edited withBytes(byte[] bytes) {
      return new Edited(
          ByteBuffer.wrap(bytes),
          timeNanos,
          originalLength,
          linkType,
          interfaceIndex,
          tcp,
          ipHeaderLength,
          payload,
          payloadLength,
          src,
          dst,
          isPartial);
    }

    boolean has(int flag) {
      return tcp >= 0 && (flags() & flag) != 0;
    }

    Edited at(long time) {
      return new Edited(
          buffer,
          time,
          originalLength,
          linkType,
          interfaceIndex,
          tcp,
          ipHeaderLength,
          payload,
          payloadLength,
          src,
          dst,
          isPartial);
    }

    /** Returns a copy with two bytes replaced, and the checksum as right or wrong as before. */
    Edited with(int offset, int value) {
      Edited copy = withBytes(bytes());
      ByteBuffer changed = copy.buffer();
      int before = changed.getShort(offset) & 0xffff;
      changed.putShort(offset, (short) value);
      if (!isPartial && tcp + 18 <= changed.capacity()) {
        // RFC 1624: the checksum as if only these two bytes had changed; at an odd distance,
        // swapped.
        boolean odd = (offset - tcp) % 2 != 0;
        int old = odd ? Integer.reverseBytes(before) >>> 16 : before;
        int now = odd ? Integer.reverseBytes(value & 0xffff) >>> 16 : value & 0xffff;
        int sum = (~changed.getShort(tcp + 16) & 0xffff) + (~old & 0xffff) + now;
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        changed.putShort(tcp + 16, (short) ~sum);
      }
      return copy;
    }

    /** Returns a copy as a sender makes one: with an IPv4 identification of its own. */
    Edited withOtherId() {
      byte[] copy = bytes();
      int ip = tcp - 20;
      if (copy[ip] == 0x45) {
        copy[ip + 4] ^= 0x55;
      }
      return withBytes(copy);
    }

    Edited withInt(int offset, int value) {
      return with(offset, value >>> 16).with(offset + 2, value);
    }
  }

  private final List<Edited> packets;

  private EditedCapture(List<Edited> packets) {
    this.packets = packets;
  }

  /** Returns whether the packet itself holds the TCP header with all its options. */
  private static boolean isWhole(Packet packet, Segment segment) {
    int tcp = segment.payloadOffset() - segment.tcpHeaderLength();
    byte[] bytes = packet.bytes();
    return segment.bytes() == bytes
        && (((bytes[tcp] & 0xff) << 8) | (bytes[tcp + 1] & 0xff)) == segment.srcPort()
        && (((bytes[tcp + 2] & 0xff) << 8) | (bytes[tcp + 3] & 0xff)) == segment.dstPort();
  }

  /** Returns how many packets have a TCP header that can be changed. */
  long editable() {
    return packets.stream().filter(packet -> packet.tcp() >= 0).count();
  }

  static EditedCapture of(Path capture) throws IOException {
    List<Edited> packets = new ArrayList<>();
    SegmentDecoder decoder = new SegmentDecoder(new Reassembly());
    Packet packet = new Packet();
    Segment segment = new Segment();
    try (PacketSource source = CaptureFile.open(capture)) {
      while (source.next(packet)) {
        packets.add(edited(packet, segment, decoder.decode(packet, segment)));
      }
    }
    return new EditedCapture(packets);
  }

  private static Edited edited(Packet packet, Segment segment, DecodeOutcome outcome) {
    int from = packet.offset();
    byte[] bytes = Arrays.copyOfRange(packet.bytes(), from, from + packet.capturedLength());
    boolean isTcp = outcome == DecodeOutcome.TCP && isWhole(packet, segment);
    int payload = isTcp ? segment.payloadOffset() - from : -1;
    return new Edited(
        ByteBuffer.wrap(bytes),
        packet.timestampNanos(),
        packet.originalLength(),
        packet.linkType(),
        packet.interfaceIndex(),
        isTcp ? payload - segment.tcpHeaderLength() : -1,
        isTcp ? segment.ipHeaderLength() : 0,
        payload,
        isTcp ? segment.payloadLength() : 0,
        isTcp ? segment.srcHigh() + "," + segment.srcLow() + "," + segment.srcPort() : "",
        isTcp ? segment.dstHigh() + "," + segment.dstLow() + "," + segment.dstPort() : "",
        isTcp && segment.checksumState() == ChecksumState.PARTIAL);
  }

  List<Edited> packets() {
    return packets;
  }

  /** Returns the index of the first packet of which something holds, or -1. */
  int first(Predicate<Edited> wanted) {
    for (int i = 0; i < packets.size(); i++) {
      if (packets.get(i).tcp() >= 0 && wanted.test(packets.get(i))) {
        return i;
      }
    }
    return -1;
  }

  EditedCapture without(int index) {
    List<Edited> fewer = new ArrayList<>(packets);
    fewer.remove(index);
    return new EditedCapture(fewer);
  }

  EditedCapture with(int index, UnaryOperator<Edited> change) {
    List<Edited> changed = new ArrayList<>(packets);
    changed.set(index, change.apply(changed.get(index)));
    return new EditedCapture(changed);
  }

  /** Returns the same with a packet put in. */
  EditedCapture plus(int index, Edited packet) {
    List<Edited> more = new ArrayList<>(packets);
    more.add(index, packet);
    return new EditedCapture(more);
  }

  /** Returns the same with everything from a packet on later. */
  EditedCapture delayedFrom(int index, long nanos) {
    List<Edited> later = new ArrayList<>(packets);
    for (int i = index; i < later.size(); i++) {
      later.set(i, later.get(i).at(later.get(i).timeNanos() + nanos));
    }
    return new EditedCapture(later);
  }

  /**
   * Returns what the same traffic could have been another day: other sequence numbers, ports that
   * systems choose, timestamps and times.
   */
  EditedCapture anotherDay() {
    List<Edited> other = new ArrayList<>();
    for (Edited packet : packets) {
      Edited later =
          packet.timeNanos() == Packet.NO_TIMESTAMP
              ? packet
              : packet.at(packet.timeNanos() + 86_400_123_456_789L);
      other.add(later.tcp() < 0 ? later : renumbered(later));
    }
    return new EditedCapture(other);
  }

  private static Edited renumbered(Edited packet) {
    int own = packet.src().hashCode() * 31;
    int others = packet.dst().hashCode() * 31;
    ByteBuffer in = packet.buffer();
    int tcp = packet.tcp();
    Edited out = packet;
    out = out.with(tcp, port(in.getShort(tcp) & 0xffff));
    out = out.with(tcp + 2, port(in.getShort(tcp + 2) & 0xffff));
    out = out.withInt(tcp + 4, in.getInt(tcp + 4) + own);
    if (packet.has(TcpFlags.ACK)) {
      out = out.withInt(tcp + 8, in.getInt(tcp + 8) + others);
    }
    int at = tcp + 20;
    while (at + 1 < packet.payload() && in.get(at) != 0) {
      int kind = in.get(at);
      int length = kind == 1 ? 1 : in.get(at + 1) & 0xff;
      if (kind == TIMESTAMPS && length == 10) {
        out = out.withInt(at + 2, in.getInt(at + 2) + own);
        int echo = in.getInt(at + 6);
        out = echo == 0 ? out : out.withInt(at + 6, echo + others);
      } else if (kind == SACK) {
        for (int edge = at + 2; edge < at + length; edge += 4) {
          out = out.withInt(edge, in.getInt(edge) + others);
        }
      } else if (length == 0) {
        break;
      }
      at += length;
    }
    return out;
  }

  private static int port(int port) {
    return port < FIRST_EPHEMERAL
        ? port
        : FIRST_EPHEMERAL + (port - FIRST_EPHEMERAL + 4321) % EPHEMERAL_PORTS;
  }

  /** Traces it; damage was met when it was read. */
  void trace(TraceSink sink) throws CaptureException {
    new Tracer(TracerOptions.DEFAULT, sink).trace(new Source(packets.iterator()));
  }

  /** Returns what it holds, kept for a comparison. */
  Trace traced() throws CaptureException {
    TraceRecorder recorder = new TraceRecorder("edited", CaptureDiff.BOUNDS);
    trace(recorder);
    return recorder.trace();
  }

  private static final class Source implements PacketSource {
    private final Iterator<Edited> left;
    private long frame;

    Source(Iterator<Edited> left) {
      this.left = left;
    }

    @Override
    public boolean next(Packet packet) {
      if (!left.hasNext()) {
        return false;
      }
      Edited next = left.next();
      packet.set(next.bytes(), 0, next.buffer().capacity(), next.originalLength());
      packet.describe(++frame, next.timeNanos(), next.linkType(), next.interfaceIndex());
      return true;
    }

    @Override
    public String format() {
      return "edited";
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public long droppedPackets() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
