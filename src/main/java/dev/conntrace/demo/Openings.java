package dev.conntrace.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How connections begin, or fail to. */
final class Openings {
  private static final int CLIENTS = 10;
  private static final int MEETING_MILLIS = 100;

  /** The first of those that found no room calls again after a second. */
  private static final int FULL_MILLIS = 2500;

  private Openings() {}

  static void refused(Stage stage) throws Exception {
    try {
      stage.connect().close();
    } catch (ConnectException e) {
      // That nobody answers but the kernel is what is shown.
      return;
    }
    throw new IOException("somebody listens there; choose another port with --port");
  }

  static void manyClients(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(CLIENTS)) {
      Stage.together(() -> serveAll(listener, CLIENTS), () -> callAll(stage, CLIENTS));
    }
  }

  private static void serveAll(ServerSocket listener, int count) throws Exception {
    List<Socket> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      served.add(listener.accept());
    }
    for (Socket socket : served) {
      try (socket) {
        Dialogues.readToEnd(socket.getInputStream());
      }
    }
  }

  private static void callAll(Stage stage, int count) throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(stage.connect());
    }
    Thread.sleep(MEETING_MILLIS);
    for (int i = 0; i < count; i++) {
      try (Socket client = clients.get(i)) {
        client
            .getOutputStream()
            .write(("client " + (i + 1) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  /** With a queue of 1 Linux takes two connections; the third and fourth have to wait. */
  static void backlog(Stage stage) throws Exception {
    int clients = 4;
    try (ServerSocket listener = stage.listen(1)) {
      Stage.together(
          () -> {
            Thread.sleep(FULL_MILLIS);
            serveAll(listener, clients);
          },
          () -> callTogether(stage, clients));
    }
  }

  private static void callTogether(Stage stage, int count) throws Exception {
    if (count == 0) {
      return;
    }
    Stage.together(
        () -> callTogether(stage, count - 1),
        () -> {
          try (Socket client = stage.connect()) {
            client.getOutputStream().write('x');
          }
        });
  }
}
