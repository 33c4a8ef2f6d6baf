package dev.conntrace.script;

import dev.conntrace.capture.PcapBytes;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.decode.TcpOptionBytes;
import dev.conntrace.wire.IpProtocol;
import java.nio.ByteBuffer;

/**
 * Reads any bytes as a script of segments that mostly fit each other, and writes them as a capture:
 * where a fuzzer changes a byte, one segment changes, and with it what comes after.
 *
 * <pre>
 *  0 bit 0: from the server, 1-2: which connection, 3-6: what else it carries, 7: kept whole or cut
 *  1 the flags
 *  2 bits 0-1: what the sequence number counts from, 2-3: in which steps, 4-5: window, 6: other
 *    content than before, 7: bad checksum
 *  3 steps of the sequence number, signed
 *  4 bits 0-1: what the acknowledgement counts from, 2-3: in which steps
 *  5 steps of the acknowledgement, signed
 *  6 payload length
 *  7 bits 0-2: time since the one before, 3-7: hop limit
 * </pre>
 */
public final class ScriptedBytes {
  private static final int BYTES_EACH = 8;
  private static final int MAX_SEGMENTS = 96;
  private static final int CONNECTIONS = 4;
  private static final long START_NANOS = 1_700_000_000_000_000_000L;
  private static final long[] STEPS = {1, 100, 1460, 1 << 26};
  private static final int[] WINDOWS = {65535, 0, 1, 400};
  private static final int ETHERNET_HEADER = 14;
  private static final int QUOTED_BYTES = 28;
  private static final int CUT_BYTES = 60;
  private static final long[] TIMES_NANOS = {
    0, 1_000_000, 40_000_000, 200_000_000, 1_000_000_000, 75_000_000_000L, 300_000_000_000L, -5_000
  };

  private final PcapBytes capture = PcapBytes.littleEndian();
  private final End[] ends = new End[2 * CONNECTIONS];
  private long nanos = START_NANOS;
  private byte[] last = {};

  /** What one side of a connection has sent: where its numbers begin, and how far they went. */
  private static final class End {
    private long isn;
    private long next;
    private long highest;

    End(long isn) {
      this.isn = isn;
      next = isn;
      highest = isn;
    }

    long base(int kind) {
      return switch (kind) {
        case 0 -> next;
        case 1 -> highest;
        case 2 -> isn;
        default -> next - 1;
      };
    }

    void sent(long seq, int length, boolean syn, boolean fin) {
      isn = syn ? seq : isn;
      next = seq + length + (syn ? 1 : 0) + (fin ? 1 : 0);
      highest = Math.max(highest, next);
    }
  }

  private ScriptedBytes() {
    for (int i = 0; i < ends.length; i++) {
      // Every connection crosses 2^32 on one side and 2^31 on the other.
      ends[i] = new End(i % 2 == 0 ? (1L << 32) - 5 : (1L << 31) - 6);
    }
  }

  /** Returns the capture that the bytes describe. */
  public static byte[] capture(byte[] script) {
    ScriptedBytes read = new ScriptedBytes();
    ByteBuffer left = ByteBuffer.wrap(script);
    for (int i = 0; i < MAX_SEGMENTS && left.remaining() >= BYTES_EACH; i++) {
      read.add(left);
    }
    return read.capture.toBytes();
  }

  private void add(ByteBuffer from) {
    int head = from.get();
    int flags = from.get() & 0xFF;
    int seqKind = from.get();
    int seqSteps = from.get();
    int ackKind = from.get();
    int ackSteps = from.get();
    int size = from.get() & 0xFF;
    int last8 = from.get();
    int length = size < 128 ? size : (size - 127) * 33;
    int connection = head >> 1 & 3;
    boolean fromServer = (head & 1) != 0;
    End sender = ends[2 * connection + (fromServer ? 1 : 0)];
    End receiver = ends[2 * connection + (fromServer ? 0 : 1)];
    long seq = sender.base(seqKind & 3) + STEPS[seqKind >> 2 & 3] * seqSteps;
    long ack = receiver.base(ackKind & 3) + STEPS[ackKind >> 2 & 3] * ackSteps;
    int extra = head >> 3 & 15;
    nanos += TIMES_NANOS[last8 & 7];
    if (extra == 15) {
      addIcmpError(flags, size);
      return;
    }
    PacketBytes packet = connection == 3 ? PacketBytes.ipv6Tcp() : PacketBytes.ipv4Tcp();
    address(packet, connection, fromServer);
    packet.seq(seq).ack(ack).flags(letters(flags)).window(WINDOWS[seqKind >> 4 & 3]);
    packet.ttl(33 + (last8 >> 3 & 31));
    options(packet, extra, receiver, ackSteps);
    packet.payload(length);
    if ((seqKind & 0x40) != 0) {
      packet.payload(new byte[length]);
    }
    if ((seqKind & 0x80) != 0) {
      packet.badChecksum();
    }
    sender.sent(seq, length, (flags & 2) != 0, (flags & 1) != 0);
    last = packet.build();
    int kept = head < 0 ? Math.min(CUT_BYTES + size % 32, last.length) : last.length;
    byte[] captured = new byte[kept];
    System.arraycopy(last, 0, captured, 0, kept);
    capture.packet(nanos, captured, last.length);
  }

  private static void address(PacketBytes packet, int connection, boolean fromServer) {
    String client = connection == 3 ? "fd00::1" : "10.0.0.1";
    String server = connection == 3 ? "fd00::2" : connection == 2 ? client : "10.0.0.2";
    int clientPort = 40000 + connection % 2;
    // The third connection is one socket that talks to itself.
    int serverPort = connection == 2 ? clientPort : 80;
    if (fromServer) {
      packet.src(server, serverPort).dst(client, clientPort);
    } else {
      packet.src(client, clientPort).dst(server, serverPort);
    }
  }

  private static String letters(int flags) {
    StringBuilder letters = new StringBuilder();
    for (int bit = 0; bit < 8; bit++) {
      if ((flags >> bit & 1) != 0) {
        letters.append("FSRPAUEC".charAt(bit));
      }
    }
    return letters.toString();
  }

  private void options(PacketBytes packet, int kind, End receiver, int steps) {
    long right = receiver.highest;
    long millis = nanos / 1_000_000;
    switch (kind) {
      case 0, 1 -> {}
      case 2 -> packet.options(TcpOptionBytes.mss(1460), TcpOptionBytes.sackPermitted());
      case 3 -> packet.options(TcpOptionBytes.mss(9), TcpOptionBytes.windowScale(steps & 31));
      case 4, 5 -> packet.options(TcpOptionBytes.timestamps(millis, millis - steps));
      case 6 -> packet.options(TcpOptionBytes.sack(right - 100, right));
      case 7 -> packet.options(TcpOptionBytes.sack(right - steps, right - 1, right - 50, right));
      case 8 ->
          packet.options(
              TcpOptionBytes.timestamps(millis + steps, millis),
              TcpOptionBytes.sack(right - 10, right, right - 900, right - 800));
      case 9 -> packet.options(TcpOptionBytes.fastOpen(new byte[steps & 15]));
      case 10 -> packet.options(TcpOptionBytes.option(30, new byte[1 + (steps & 15)]));
      case 11 -> packet.options(TcpOptionBytes.option(172, new byte[steps & 10]));
      case 12 -> packet.options(new byte[] {(byte) steps, (byte) (steps >> 2), 3, 8});
      case 13 -> packet.vlan(steps & 0xFFF);
      default -> packet.urgentPointer(steps & 0xFF);
    }
  }

  /** A router that quotes the packet before. */
  private void addIcmpError(int type, int code) {
    if (last.length < ETHERNET_HEADER + QUOTED_BYTES) {
      return;
    }
    byte[] error = new byte[8 + QUOTED_BYTES];
    error[0] = (byte) ((type & 1) == 0 ? 3 : type);
    error[1] = (byte) (code & 15);
    error[6] = (byte) (code >> 4);
    System.arraycopy(last, ETHERNET_HEADER, error, 8, QUOTED_BYTES);
    PacketBytes packet = PacketBytes.ipv4(IpProtocol.ICMP, error).src("192.0.2.9", 0);
    capture.packet(nanos, packet.build());
  }
}
