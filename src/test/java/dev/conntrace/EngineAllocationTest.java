package dev.conntrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.decode.TcpOptionBytes;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TraceSink;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Segments of known connections cost no garbage from decoder to sink, if the sink wants only
 * connections: the least of several rounds, since the JVM may allocate on this thread for itself.
 */
class EngineAllocationTest {
  private static final int ROUNDS = 10;
  private static final int CYCLES_PER_ROUND = 2_000;

  /** Offsets in an Ethernet frame with an IPv4 header without options. */
  private static final int IP_ID = 18;

  private static final int SEQ = 38;

  /** Left to the network card: numbers are changed in place. */
  private static final int CHECKSUM = SEQ + 12;

  private static final int ACK = 42;
  private static final int FIRST_SACK_EDGE = 14 + 20 + 20 + 4;

  @Test
  void bulkDataWithAcks() {
    Traffic traffic = new Traffic(3000, 100);
    traffic.client(1, 1, 1000);
    traffic.client(1001, 1, 1000);
    traffic.server(1, 2001, 0);
    traffic.client(2001, 1, 1000);
    traffic.server(1, 3001, 100);
    assertAllocatesNothing(traffic);
    assertEquals(
        Set.of(AnnotationKind.SYN, AnnotationKind.SYN_ACK, AnnotationKind.HANDSHAKE_COMPLETE),
        traffic.report.annotations().keySet());
  }

  @Test
  void lossesWithSackAndRetransmissions() {
    Traffic traffic = new Traffic(4000, 0);
    traffic.client(1, 1, 1000);
    traffic.client(1001, 1, 1000);
    traffic.client(2001, 1, 1000);
    traffic.client(3001, 1, 1000);
    traffic.server(1, 1001, 0);
    traffic.sack(1, 1001, 2001, 3001);
    traffic.sack(1, 1001, 2001, 4001);
    traffic.client(1001, 1, 1000);
    traffic.server(1, 4001, 0);
    assertAllocatesNothing(traffic);
    long each = (long) ROUNDS * CYCLES_PER_ROUND;
    assertEquals(each, traffic.report.annotations().get(AnnotationKind.FAST_RETRANSMISSION));
    assertEquals(2 * each, traffic.report.annotations().get(AnnotationKind.SACK));
  }

  @Test
  void holesAndReordering() {
    Traffic traffic = new Traffic(3000, 0);
    traffic.client(1, 1, 1000);
    traffic.client(2001, 1, 1000);
    traffic.server(1, 1001, 0);
    traffic.server(1, 1001, 0);
    traffic.client(1001, 1, 1000);
    traffic.server(1, 3001, 0);
    assertAllocatesNothing(traffic);
    assertTrue(
        traffic.report.annotations().containsKey(AnnotationKind.PREVIOUS_SEGMENT_MISSING),
        traffic.report.annotations().toString());
  }

  @Test
  void zeroWindows() {
    Traffic traffic = new Traffic(1000, 0);
    traffic.client(1, 1, 1000);
    traffic.window = 0;
    traffic.server(1, 1001, 0);
    traffic.window = 512;
    traffic.client(1000, 1, 0);
    traffic.window = 0;
    traffic.server(1, 1001, 0);
    traffic.window = 512;
    traffic.server(1, 1001, 0);
    assertAllocatesNothing(traffic);
    assertTrue(
        traffic.report.annotations().containsKey(AnnotationKind.ZERO_WINDOW_PROBE),
        traffic.report.annotations().toString());
  }

  @Test
  void payloadIsLentAndNotCopied() {
    Traffic traffic = new Traffic(2000, 100);
    traffic.client(1, 1, 1000);
    traffic.client(1001, 1, 1000);
    traffic.server(1, 2001, 100);
    Borrower borrower = new Borrower();
    assertAllocatesNothing(traffic, borrower);
    assertEquals((long) ROUNDS * CYCLES_PER_ROUND * 2100, borrower.bytes);
    assertEquals(1 + (long) ROUNDS * CYCLES_PER_ROUND * 2000, borrower.end);
  }

  private static void assertAllocatesNothing(Traffic traffic) {
    assertAllocatesNothing(traffic, new ConnectionsOnly());
  }

  private static void assertAllocatesNothing(Traffic traffic, TraceSink sink) {
    try {
      traffic.report = new Tracer(TracerOptions.DEFAULT, sink).trace(traffic);
    } catch (CaptureException e) {
      throw new AssertionError(e);
    }
    assertEquals(1, traffic.report.connections());
    assertEquals(0, traffic.least);
  }

  private static final class Borrower implements TraceSink {
    private long bytes;
    private long end;

    @Override
    public boolean wants(Importance importance, int connection) {
      return importance == Importance.PAYLOAD;
    }

    @Override
    public void payload(SegmentPayload payload) {
      bytes += payload.capturedLength();
      if (payload.from() == Side.CLIENT) {
        end = payload.firstByteRel() + payload.length();
      }
    }
  }

  private static final class ConnectionsOnly implements TraceSink {
    @Override
    public boolean wants(Importance importance, int connection) {
      return importance == Importance.CONNECTION;
    }
  }

  /** A handshake, and then a few packets over and over, each time farther along both streams. */
  private static final class Traffic implements PacketSource {
    private static final long CLIENT_ISN = (1L << 32) - 5;
    private static final long SERVER_ISN = (1L << 31) - 6;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().getId();
    private final List<Template> handshake = new ArrayList<>();
    private final List<Template> cycle = new ArrayList<>();
    private final int clientStep;
    private final int serverStep;
    private int window = 65535;
    private long frame;
    private int cycles;
    private int next;
    private long before;
    private long least = Long.MAX_VALUE;
    private CaptureReport report;

    /** A packet, and where it holds numbers of its sender's stream and of the other one. */
    private static final class Template {
      private final byte[] packet;
      private final ByteBuffer bytes;
      private final boolean fromClient;
      private final int[] own = {SEQ};
      private final int[] other;

      Template(byte[] packet, boolean fromClient, int[] other) {
        this.packet = packet;
        this.bytes = ByteBuffer.wrap(packet).putShort(CHECKSUM, (short) 0);
        this.fromClient = fromClient;
        this.other = other;
      }

      void shift(int ownStep, int otherStep) {
        for (int at : own) {
          bytes.putInt(at, bytes.getInt(at) + ownStep);
        }
        for (int at : other) {
          bytes.putInt(at, bytes.getInt(at) + otherStep);
        }
      }
    }

    Traffic(int clientStep, int serverStep) {
      this.clientStep = clientStep;
      this.serverStep = serverStep;
      byte[] options = TcpOptionBytes.sackPermitted();
      byte[] scale = TcpOptionBytes.windowScale(7);
      add(handshake, true, bytes(true, 0, 0).flags("S").options(options, scale), 0);
      add(handshake, false, bytes(false, 0, 1).flags("SA").options(options, scale), 0);
      window = 512;
      add(handshake, true, bytes(true, 1, 1), 0);
    }

    private PacketBytes bytes(boolean fromClient, long seq, long ack) {
      PacketBytes bytes = PacketBytes.ipv4Tcp().window(window);
      if (!fromClient) {
        bytes.src("10.0.0.2", 80).dst("10.0.0.1", 40000);
      }
      return bytes
          .seq((fromClient ? CLIENT_ISN : SERVER_ISN) + seq)
          .ack((fromClient ? SERVER_ISN : CLIENT_ISN) + ack);
    }

    void client(long seq, long ack, int length) {
      add(cycle, true, bytes(true, seq, ack).payload(length), 0);
    }

    void server(long seq, long ack, int length) {
      add(cycle, false, bytes(false, seq, ack).payload(length), 0);
    }

    void sack(long seq, long ack, long left, long right) {
      byte[] pad = TcpOptionBytes.noOperation();
      byte[] blocks = TcpOptionBytes.sack(CLIENT_ISN + left, CLIENT_ISN + right);
      add(cycle, false, bytes(false, seq, ack).options(pad, pad, blocks), 1);
    }

    private static void add(
        List<Template> list, boolean fromClient, PacketBytes bytes, int sackBlocks) {
      int[] other = new int[1 + 2 * sackBlocks];
      other[0] = ACK;
      for (int i = 1; i < other.length; i++) {
        other[i] = FIRST_SACK_EDGE + 4 * (i - 1);
      }
      list.add(new Template(bytes.build(), fromClient, other));
    }

    @Override
    public boolean next(Packet packet) {
      if (frame < handshake.size()) {
        fill(packet, handshake.get((int) frame));
        return true;
      }
      if (next == cycle.size()) {
        next = 0;
        cycles++;
        advance();
      }
      if (next == 0 && cycles % CYCLES_PER_ROUND == 0) {
        measure();
      }
      if (cycles == ROUNDS * CYCLES_PER_ROUND) {
        return false;
      }
      fill(packet, cycle.get(next++));
      return true;
    }

    private void advance() {
      for (int i = 0; i < cycle.size(); i++) {
        boolean fromClient = cycle.get(i).fromClient;
        cycle
            .get(i)
            .shift(fromClient ? clientStep : serverStep, fromClient ? serverStep : clientStep);
      }
    }

    private void measure() {
      long now = threads.getThreadAllocatedBytes(thread);
      if (cycles > 0) {
        least = Math.min(least, now - before);
      }
      before = now;
    }

    private void fill(Packet packet, Template template) {
      frame++;
      template.bytes.putShort(IP_ID, (short) (template.fromClient ? frame : frame + 30000));
      packet.set(template.packet, 0, template.packet.length, template.packet.length);
      packet.describe(frame, frame * 1_000_000, 1, 0);
    }

    @Override
    public String format() {
      return "made";
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
