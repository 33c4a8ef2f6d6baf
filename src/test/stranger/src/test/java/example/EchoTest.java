package example;

import static dev.conntrace.junit.ConntraceAssertions.assertThat;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.Side.CLIENT;
import static dev.conntrace.trace.Side.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.junit.LiveTrace;
import dev.conntrace.junit.LoopbackCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** What one's own client and server do, captured while they do it. */
class EchoTest {
  static final int PORT = 6579;

  @Test
  void asksAndIsAnswered(@LoopbackCapture(port = PORT) LiveTrace live) throws IOException {
    assertEquals("echo!", ask("echo!"));
    assertThat(live)
        .hasConnections(1)
        .connection(1)
        .openedByThreeWayHandshake()
        .closedFirstBy(CLIENT)
        .sent(CLIENT, "echo!")
        .sent(SERVER, "echo!")
        .hasNo(RETRANSMISSION);
  }

  static String ask(String question) throws IOException {
    byte[] bytes = question.getBytes();
    try (ServerSocket server = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), PORT);
        Socket accepted = server.accept()) {
      client.getOutputStream().write(bytes);
      accepted.getOutputStream().write(accepted.getInputStream().readNBytes(bytes.length));
      byte[] answer = client.getInputStream().readNBytes(bytes.length);
      client.shutdownOutput();
      accepted.getInputStream().read(); // until the client's FIN is here
      return new String(answer);
    }
  }
}
