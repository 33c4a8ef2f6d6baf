package dev.conntrace.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** How connections end. */
final class Closings {
  private static final byte[] QUESTION = "How much is it?\n".getBytes(US_ASCII);
  private static final byte[] ANSWER = "Wait, I count ...\n".getBytes(US_ASCII);
  private static final int ANSWERS = 3;
  private static final int ANSWER_MILLIS = 100;

  /** Linux lets a place in TIME_WAIT be taken over after a second. */
  private static final int REUSE_MILLIS = 1200;

  private Closings() {}

  static void halfClose(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(1)) {
      Stage.together(
          () -> {
            try (Socket served = listener.accept()) {
              Dialogues.readToEnd(served.getInputStream());
              for (int i = 0; i < ANSWERS; i++) {
                Thread.sleep(ANSWER_MILLIS);
                served.getOutputStream().write(ANSWER);
              }
            }
          },
          () -> {
            try (Socket client = stage.connect()) {
              client.getOutputStream().write(QUESTION);
              client.shutdownOutput();
              Dialogues.readToEnd(client.getInputStream());
            }
          });
    }
  }

  static void reset(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(1)) {
      Stage.together(
          () -> {
            try (Socket served = listener.accept()) {
              Dialogues.readToEnd(served.getInputStream());
            } catch (SocketException e) {
              // That the connection was reset is what is shown.
            }
          },
          () -> {
            try (Socket client = stage.connect()) {
              client.getOutputStream().write(QUESTION);
              Thread.sleep(ANSWER_MILLIS);
              client.setSoLinger(true, 0);
            }
          });
    }
  }

  static void timeWait(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(1)) {
      InetSocketAddress[] from = {new InetSocketAddress(stage.address().getAddress(), 0)};
      for (int call = 0; call < 2; call++) {
        Stage.together(
            () -> {
              try (Socket served = listener.accept()) {
                Dialogues.readToEnd(served.getInputStream());
              }
            },
            () -> {
              try (Socket client = new Socket()) {
                client.setReuseAddress(true);
                client.bind(from[0]);
                client.connect(stage.address());
                from[0] = (InetSocketAddress) client.getLocalSocketAddress();
                client.getOutputStream().write(QUESTION);
              }
            });
        Thread.sleep(REUSE_MILLIS);
      }
    }
  }
}
