package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.decode.TcpOptionBytes;
import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.ListenerReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TraceSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Much of everything, in bounded memory. */
class LoadScenariosTest {
  private static final long MEBIBYTE = 1 << 20;

  /** Packets made one after the other in the same bytes. */
  private abstract static class Made implements PacketSource {
    private static final int SOURCE_ADDRESS = 26;
    static final int SOURCE_PORT = 34;
    static final int SEQ = 38;
    static final int CHECKSUM = 50;
    static final int ACK = 42;

    long frame;

    abstract byte[] make();

    abstract boolean isOver();

    int originalLength(byte[] bytes) {
      return bytes.length;
    }

    static void callFrom(byte[] bytes, int client) {
      ByteBuffer.wrap(bytes).putInt(SOURCE_ADDRESS, 0x0A000000 + (client >>> 15));
      ByteBuffer.wrap(bytes).putShort(SOURCE_PORT, (short) (1024 + (client & 0x7FFF)));
    }

    @Override
    public boolean next(Packet packet) {
      if (isOver()) {
        return false;
      }
      byte[] bytes = make();
      frame++;
      packet.set(bytes, 0, bytes.length, originalLength(bytes));
      packet.describe(frame, frame * 10_000, 1, 0);
      return true;
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

  /** Wants connections only, as {@code summary} does, and keeps the last. */
  private static final class Last implements TraceSink {
    private ConnectionReport report;

    @Override
    public boolean wants(Importance importance, int connection) {
      return importance == Importance.CONNECTION;
    }

    @Override
    public void on(ConnectionClosed event) {
      report = event.report();
    }
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  @Scenario(value = 46, variant = "a million connections")
  void aMillionConnectionsInATableOfAThousand() throws CaptureException {
    int connections = 1_000_000;
    byte[] syn = PacketBytes.ipv4Tcp().flags("S").build();
    Made calls =
        new Made() {
          @Override
          byte[] make() {
            callFrom(syn, (int) frame);
            return syn;
          }

          @Override
          boolean isOver() {
            return frame == connections;
          }
        };
    Last sink = new Last();
    Tracer tracer = new Tracer(new TracerOptions(Duration.ofSeconds(60), 1000), sink);
    long before = usedBytes();
    CaptureReport report = tracer.trace(calls);
    long grown = usedBytes() - before;
    assertEquals(connections, report.connections());
    assertEquals(Map.of(Opened.UNANSWERED, (long) connections), report.opened());
    assertEquals(Map.of(Closed.NEVER_OPENED, (long) connections), report.closed());
    assertEquals((long) connections, report.annotations().get(AnnotationKind.SYN));
    assertEquals(TcpState.SYN_SENT, sink.report.clientState());
    assertTrue(report.quality().stream().anyMatch(q -> q.problem() == Problem.BOUND_REACHED));
    assertTrue(grown < 64 * MEBIBYTE, () -> grown + " bytes more");
  }

  /** A handshake, then segments as large as they come, each acknowledged; only headers captured. */
  private static final class Bulk extends Made {
    private static final int PAYLOAD = 65_000;
    private static final int HEADERS = 54;
    private static final int TCP_FLAGS = 47;
    private static final int IP_LENGTH = 16;
    private static final int IP_ID = 18;

    private final long bytes;
    private final byte[] data = PacketBytes.ipv4Tcp().flags("A").build();
    private final byte[] answer =
        PacketBytes.ipv4Tcp().src("10.0.0.2", 80).dst("10.0.0.1", 40000).flags("A").build();
    private final byte[] scale = TcpOptionBytes.windowScale(10);
    private final byte[] mss = TcpOptionBytes.mss(65_495);
    private long sent;
    private boolean answers;

    Bulk(long bytes) {
      this.bytes = bytes;
      ByteBuffer.wrap(data).putShort(IP_LENGTH, (short) (40 + PAYLOAD));
    }

    @Override
    boolean isOver() {
      return sent >= bytes && !answers;
    }

    @Override
    byte[] make() {
      if (frame < 2) {
        PacketBytes made = PacketBytes.ipv4Tcp().flags("S");
        if (frame == 1) {
          made.src("10.0.0.2", 80).dst("10.0.0.1", 40000).flags("SA").ack(1);
        }
        return made.options(mss, scale).build();
      }
      ByteBuffer made = ByteBuffer.wrap(answers ? answer : data);
      made.putShort(IP_ID, (short) frame).putShort(CHECKSUM, (short) 0);
      if (answers) {
        made.putInt(SEQ, 1).putInt(ACK, (int) (1 + sent));
      } else {
        made.putInt(SEQ, (int) (1 + sent)).putInt(ACK, 1);
        sent += PAYLOAD;
      }
      answers = !answers;
      return made.array();
    }

    @Override
    int originalLength(byte[] packet) {
      boolean carriesData = packet == data && packet[TCP_FLAGS] == 16;
      return carriesData ? HEADERS + PAYLOAD : packet.length;
    }
  }

  @Test
  @Scenario(value = 46, variant = "a flow of 10 GB")
  @Scenario(value = 29, variant = "beyond 4 GiB")
  void aFlowOfTenGigabytes() throws CaptureException {
    long bytes = 65_000L * 160_000;
    Last sink = new Last();
    Tracer tracer = new Tracer(TracerOptions.DEFAULT, sink);
    long before = usedBytes();
    tracer.trace(new Bulk(bytes));
    long grown = usedBytes() - before;
    assertEquals(bytes, sink.report.fromClient().uniqueBytes());
    assertEquals(0, sink.report.fromClient().missingBytes());
    assertEquals(Opened.THREE_WAY, sink.report.opened());
    assertEquals(Closed.OPEN, sink.report.closed());
    assertEquals(TcpState.ESTABLISHED, sink.report.clientState());
    assertEquals(
        Set.of(AnnotationKind.SYN, AnnotationKind.SYN_ACK, AnnotationKind.HANDSHAKE_COMPLETE),
        sink.report.annotations().keySet());
    assertTrue(grown < 16 * MEBIBYTE, () -> grown + " bytes more");
  }

  @Test
  @Scenario(value = 46, variant = "a hole of 1 GiB")
  void aHoleOfOneGibibyte() {
    Traced t =
        Script.tell(
            """
            +0    > S  0:0(0) <mss 1000,sackOK,wscale 14>          | SYN_SENT UNKNOWN         | syn
            +.010 < S. 0:0(0) ack 1 <mss 1000,sackOK,wscale 14>    | SYN_SENT SYN_RECEIVED    | syn-ack
            +.010 > .  1:1(0) ack 1                                | ESTABLISHED ESTABLISHED  | handshake-complete
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.1   > P. 1073720001:1073721001(1000) ack 1           |  | previous-segment-missing
            +.010 < .  1:1(0) ack 1001 <sack 1073720001:1073721001>  |  | duplicate-ack sack
            +.1   > P. 1001:2001(1000) ack 1                       |  | retransmission fast-retransmission
            +.010 < .  1:1(0) ack 2001 <sack 1073720001:1073721001>  |  | sack partial-ack
            end three-way open
            """);
    assertEquals(3000, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(47)
  void aHundredClientsAtOnce() {
    String[] talk = Beginning.TALK.split("\n", -1);
    StringBuilder script = new StringBuilder();
    for (String line : talk) {
      for (int client = 1; client <= 100; client++) {
        String[] words = line.split(" ", 2);
        if (words.length == 2) {
          String first = words[0].startsWith("+") && client > 1 ? "+.000001" : words[0];
          script.append(first).append(" [").append(client).append("] ").append(words[1]);
          script.append('\n');
        }
      }
    }
    Traced t = Script.tell(script.toString());
    assertEquals(100, t.connections());
    ListenerReport listener = t.capture().listeners().get(0);
    assertEquals(100, listener.connections());
    assertEquals(100, listener.mostAtOnce());
  }
}
