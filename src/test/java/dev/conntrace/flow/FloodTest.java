package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.capture.PcapBytes;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** More calls than memory should hold, each from another address: only those without answer go. */
class FloodTest {
  private static final int KEPT = 1 << 15;
  private static final int CALLS = KEPT + 1000;
  private static final int SOURCE_ADDRESS = 14 + 12;

  private final PcapBytes capture = PcapBytes.littleEndian();
  private final byte[] call = PacketBytes.ipv4Tcp().flags("S").seq(7).ack(0).build();
  private int micros;

  private void add(PacketBytes packet) {
    capture.packet(1_700_000_000_000_000_000L + micros++ * 1_000L, packet.build());
  }

  private void flood() {
    for (int i = 0; i < CALLS; i++) {
      byte[] forged = call.clone();
      forged[SOURCE_ADDRESS] = 11;
      forged[SOURCE_ADDRESS + 1] = (byte) (i >> 16);
      forged[SOURCE_ADDRESS + 2] = (byte) (i >> 8);
      forged[SOURCE_ADDRESS + 3] = (byte) i;
      capture.packet(1_700_000_000_000_000_000L + micros++ * 1_000L, forged);
    }
  }

  private static PacketBytes client() {
    return PacketBytes.ipv4Tcp();
  }

  private static PacketBytes server() {
    return PacketBytes.ipv4Tcp().src("10.0.0.2", 80).dst("10.0.0.1", 40000);
  }

  @Test
  void pushesOutNoConnectionThatWasAnswered() throws IOException {
    add(client().flags("S").seq(99).ack(0));
    add(server().flags("SA").seq(499).ack(100));
    flood();
    add(client().flags("A").seq(100).ack(500));
    add(client().flags("FA").seq(100).ack(500));
    add(server().flags("FA").seq(500).ack(101));
    add(client().flags("A").seq(101).ack(501));

    CaptureReport report = trace(capture.toBytes());

    assertEquals(CALLS + 1, report.connections());
    assertEquals(1, report.opened().get(Opened.THREE_WAY));
    assertEquals(CALLS, report.opened().get(Opened.UNANSWERED));
    assertEquals(1, report.closed().get(Closed.THREE_SEGMENT));
    assertTrue(
        report.quality().stream()
            .anyMatch(
                quality ->
                    quality.problem() == CaptureQuality.Problem.BOUND_REACHED
                        && quality.count() == CALLS - KEPT),
        report.quality().toString());
  }

  private static CaptureReport trace(byte[] bytes) throws IOException {
    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(bytes))) {
      return new Tracer(TracerOptions.DEFAULT, (importance, connection) -> false).trace(source);
    } catch (CaptureException e) {
      throw new AssertionError(e);
    }
  }
}
