package dev.conntrace.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;

/** Few bytes, and what becomes of them. */
final class Dialogues {
  private static final byte[] MESSAGE = "Data here!".getBytes(US_ASCII);

  private Dialogues() {}

  /** The server reads until the client closes, then closes too. */
  static void tutorial(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(1)) {
      Stage.together(
          () -> {
            try (Socket served = listener.accept()) {
              readToEnd(served.getInputStream());
              // Some programs have something to do before they close: so both closes are seen.
              Thread.sleep(50);
            }
          },
          () -> {
            try (Socket client = stage.connect()) {
              client.getOutputStream().write(MESSAGE);
            }
          });
    }
  }

  /** Ten times a question in two writes, answered when it is there as a whole. */
  static void nagle(Stage stage) throws Exception {
    int questions = 10;
    try (ServerSocket listener = stage.listen(1)) {
      Stage.together(
          () -> {
            try (Socket served = listener.accept()) {
              for (int i = 0; i < questions; i++) {
                served.getInputStream().readNBytes(2 * MESSAGE.length);
                served.getOutputStream().write('.');
              }
              readToEnd(served.getInputStream());
            }
          },
          () -> {
            try (Socket client = stage.connect()) {
              client.setTcpNoDelay(false);
              for (int i = 0; i < questions; i++) {
                client.getOutputStream().write(MESSAGE);
                client.getOutputStream().write(MESSAGE);
                client.getInputStream().read();
              }
            }
          });
    }
  }

  /** A datagram is sent, and received or not: nobody tells the sender. */
  static void udp(Stage stage) throws Exception {
    try (DatagramSocket server = new DatagramSocket(stage.address());
        DatagramSocket client = new DatagramSocket()) {
      server.setSoTimeout(1000);
      client.send(new DatagramPacket(MESSAGE, MESSAGE.length, stage.address()));
      server.receive(new DatagramPacket(new byte[MESSAGE.length], MESSAGE.length));
    }
  }

  /** Reads until the other side has closed; returns how many bytes came. */
  static long readToEnd(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long sum = 0;
    int count;
    while ((count = in.read(buffer)) >= 0) {
      sum += count;
    }
    return sum;
  }
}
