package dev.conntrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second thread that reads ahead changes nothing but the time it takes. */
class ReadAheadTest {
  private static final int PACKETS = 40_000;
  private static final int DROPS_AT = 25_000;

  @Test
  void tellsTheSameInTheSameOrder() throws CaptureException {
    List<String> inStep = trace(false, new Capture(PACKETS));
    assertEquals(inStep, trace(true, new Capture(PACKETS)));
    assertTrue(inStep.contains("loss in frame " + DROPS_AT + ": 7"));
    assertTrue(inStep.contains("icmp in frame 20001"));
    assertTrue(inStep.stream().anyMatch(line -> line.contains("[ICMP_UNREACHABLE]")));
  }

  @Test
  void findsTheSameInConnectionsWhereNobodyMayWantSegments() throws CaptureException {
    List<String> asked = new ArrayList<>();
    List<String> unasked = new ArrayList<>();
    for (boolean mayWant : new boolean[] {true, false}) {
      Ends ends = new Ends(mayWant, mayWant ? asked : unasked);
      new Tracer(TracerOptions.DEFAULT.readingAhead(true), ends).trace(new Capture(PACKETS));
    }
    assertFalse(asked.isEmpty());
    assertEquals(asked, unasked);
  }

  /** Writes down what connections and the capture came to. */
  private record Ends(boolean mayWantSegments, List<String> lines) implements TraceSink {
    @Override
    public boolean wants(Importance importance, int connection) {
      return importance == Importance.CONNECTION;
    }

    @Override
    public void on(ConnectionClosed event) {
      lines.add(event.toString());
    }

    @Override
    public void on(CaptureEnded event) {
      lines.add(event.toString());
    }
  }

  @Test
  void tellsOfDropsThatAreOnlyKnownAtTheEnd() throws CaptureException {
    for (boolean ahead : new boolean[] {false, true}) {
      Capture late = new Capture(DROPS_AT - 1);
      late.moreDropsAtEnd = 2;
      List<String> lines = trace(ahead, late);
      assertEquals("loss in frame " + (DROPS_AT - 1) + ": 2", lines.get(lines.size() - 1));
    }
  }

  @Test
  void reportsEverythingBeforeTheDamage() {
    List<String> lines = new ArrayList<>();
    Capture damaged = new Capture(PACKETS);
    damaged.damageAfter = 30_000;
    Tracer tracer = new Tracer(TracerOptions.DEFAULT.readingAhead(true), new Lines(lines));
    CaptureException damage = assertThrows(CaptureException.class, () -> tracer.trace(damaged));
    assertEquals("a.pcap: cut here (at byte 1, after frame 30000)", damage.getMessage());
    assertEquals(30_000, tracer.frame());
    assertTrue(lines.get(lines.size() - 1).startsWith("frame 30000"));
  }

  @Test
  void passesAFaultOnToTheCaller() {
    IllegalStateException fault = new IllegalStateException("planted");
    Capture broken = new Capture(PACKETS);
    broken.fault = fault;
    Tracer tracer =
        new Tracer(TracerOptions.DEFAULT.readingAhead(true), new Lines(new ArrayList<>()));
    assertSame(fault, assertThrows(IllegalStateException.class, () -> tracer.trace(broken)));
  }

  @Test
  void letsGoOfTheSourceWhenTheSinkGivesUp() {
    Capture endless = new Capture(Integer.MAX_VALUE);
    TraceSink givesUp =
        new TraceSink() {
          @Override
          public boolean wants(Importance importance, int connection) {
            return importance == Importance.SEGMENT;
          }

          @Override
          public void on(SegmentSeen event) {
            if (event.segment().frame() == 15_000) {
              throw new IllegalStateException("no more");
            }
          }
        };
    Tracer tracer = new Tracer(TracerOptions.DEFAULT.readingAhead(true), givesUp);
    assertThrows(IllegalStateException.class, () -> tracer.trace(endless));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertFalse(thread.getName().equals("conntrace-reader"), "the reader still runs");
    }
  }

  private static List<String> trace(boolean ahead, Capture capture) throws CaptureException {
    List<String> lines = new ArrayList<>();
    new Tracer(TracerOptions.DEFAULT.readingAhead(ahead), new Lines(lines)).trace(capture);
    return lines;
  }

  /** Writes down what it hears. */
  private record Lines(List<String> lines) implements TraceSink {
    @Override
    public boolean wants(Importance importance, int connection) {
      return true;
    }

    @Override
    public void on(SegmentSeen event) {
      List<Object> kinds = new ArrayList<>();
      event.annotations().forEach(annotation -> kinds.add(annotation.kind()));
      lines.add(
          "frame " + event.segment().frame() + " " + event.segment().rangeInWords() + " " + kinds);
    }

    @Override
    public void on(PacketSkipped event) {
      lines.add(event.reason() + " in frame " + event.frame());
    }

    @Override
    public void on(CaptureLoss event) {
      lines.add("loss in frame " + event.frame() + ": " + event.droppedPackets());
    }
  }

  /**
   * One side of a connection that sends on and on, with an ICMP message now and then, and drops
   * half way.
   */
  private static final class Capture implements PacketSource {
    private static final int PAYLOAD = 100;
    private static final int UNREACHABLE = 3;

    private final int packets;
    private int damageAfter = Integer.MAX_VALUE;
    private RuntimeException fault;
    private int moreDropsAtEnd;
    private boolean ended;
    private int frame;

    Capture(int packets) {
      this.packets = packets;
    }

    @Override
    public boolean next(Packet packet) throws CaptureException {
      if (frame == damageAfter) {
        throw new CaptureException("a.pcap", "cut here", 1, frame);
      }
      if (frame == 20_000 && fault != null) {
        throw fault;
      }
      if (frame == packets) {
        ended = true;
        return false;
      }
      frame++;
      byte[] bytes = frame % 50 == 1 && frame > 1 ? icmp(frame / 50 % 2 == 0) : data(frame);
      packet.set(bytes, 0, bytes.length, bytes.length);
      packet.describe(frame, frame * 1_000_000L, 1, 0);
      return true;
    }

    private static PacketBytes segment(int frame) {
      return PacketBytes.ipv4Tcp()
          .src("10.0.0.1", 40000)
          .dst("10.0.0.2", 80)
          .seq((long) frame * PAYLOAD & 0xFFFF_FFFFL)
          .ack(1)
          .flags("A")
          .payload(PAYLOAD);
    }

    private static byte[] data(int frame) {
      return segment(frame).build();
    }

    /** An error that quotes the segment before it, or an echo request. */
    private byte[] icmp(boolean error) {
      byte[] quoted = data(frame - 1);
      byte[] body = new byte[8 + 28];
      body[0] = (byte) (error ? UNREACHABLE : 8);
      body[1] = (byte) (error ? 1 : 0);
      System.arraycopy(quoted, 14, body, 8, 28);
      return PacketBytes.ipv4(1, body).src("10.0.0.9", 0).dst("10.0.0.1", 0).build();
    }

    @Override
    public String format() {
      return "made up";
    }

    @Override
    public long bytesRead() {
      return frame;
    }

    @Override
    public long droppedPackets() {
      return (frame >= DROPS_AT ? 7L : 0) + (ended ? moreDropsAtEnd : 0);
    }

    @Override
    public void close() {}
  }
}
