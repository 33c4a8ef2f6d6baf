package dev.conntrace.junit;

import static dev.conntrace.junit.ConntraceAssertions.assertThat;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.expect.Trace;
import dev.conntrace.junit.LoopbackCapture.WhereNotPermitted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The extension, used as its users do. What it does where tests fail is StrangerProjectIT's. */
@Execution(ExecutionMode.CONCURRENT)
class ExtensionTest {
  private static final int PORT = 6577;

  private Trace before;

  @BeforeEach
  void readFile(@CaptureFile("sample-captures/reset/reset.pcap") Trace trace) {
    before = trace;
  }

  @Test
  void givesTheCaptureOfAFile(@CaptureFile("sample-captures/tutorial/tutorial.pcap") Trace trace) {
    assertThat(trace)
        .connection(1)
        .openedByThreeWayHandshake()
        .closedFirstBy(CLIENT)
        .hasNo(RETRANSMISSION);
    assertNotEquals(trace, before);
  }

  @CaptureFolder("sample-captures/ten-clients")
  void runsForEachCaptureOfAFolder(Trace trace, Path file) {
    assertEquals(file.toString(), trace.name());
    assertThat(trace).hasConnections(10).connections().closedInOrder();
  }

  @Test
  void capturesTheTrafficOfTheTest(
      @LoopbackCapture(port = PORT, whereNotPermitted = WhereNotPermitted.SKIP) LiveTrace live)
      throws IOException {
    try (ServerSocket server = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress())) {
      exchange(server);
    }
    assertThat(live)
        .hasConnections(1)
        .droppedNoPackets()
        .connection(1)
        .openedByThreeWayHandshake()
        .closedInOrder()
        .closedFirstBy(CLIENT)
        .sent(CLIENT, "How are you?")
        .hasNo(RETRANSMISSION);
    assertSame(live.trace(), live.trace());
  }

  @RepeatedTest(2)
  void findsTheConnectionsOfAPortThatTheSystemChose(
      @LoopbackCapture(headersOnly = true, whereNotPermitted = WhereNotPermitted.SKIP)
          LiveTrace live)
      throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      exchange(server);
    }
    Trace trace = live.trace(port);
    assertEquals(1, trace.connections().size());
    assertThat(trace).connectionsOfPort(port).closedInOrder().sentBytes(CLIENT, 12);
    assertTrue(Files.size(live.file()) > 0);
  }

  private static void exchange(ServerSocket server) throws IOException {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      try (Socket accepted = server.accept()) {
        client.getOutputStream().write("How are you?".getBytes(StandardCharsets.UTF_8));
        assertEquals(12, accepted.getInputStream().readNBytes(12).length);
        client.shutdownOutput();
        assertEquals(-1, accepted.getInputStream().read());
      }
      assertEquals(-1, client.getInputStream().read());
    }
  }
}
