package dev.conntrace.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/**
 * Has both ends of a connection close at the same moment. On one host a FIN arrives some
 * microseconds after it was sent, so both threads wait for the moment with their eyes open; whether
 * the FINs have crossed the kernel knows: both ends are in TIME_WAIT then.
 */
final class CrossingFins {
  private static final int MOST_TRIES = 100;

  /** Where nobody can tell, so many tries are enough: one of them will do. */
  private static final int BLIND_TRIES = 5;

  private static final long UNTIL_THEN_NANOS = 300_000;
  private static final long SETTLE_MILLIS = 5;

  /** Linux's tables of sockets (proc(5)): local and remote address, then the state. */
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final String IN_TIME_WAIT = "06";

  private final Stage stage;
  private final CyclicBarrier both = new CyclicBarrier(2);
  private volatile long momentNanos;

  private CrossingFins(Stage stage) {
    this.stage = stage;
  }

  /**
   * Tries on one connection after the other until FINs have crossed.
   *
   * @throws IOException if they never did
   */
  static void play(Stage stage) throws Exception {
    boolean isBlind = !Files.isReadable(TABLES.get(0));
    try (ServerSocket listener = stage.listen(1)) {
      for (int i = 0; i < (isBlind ? BLIND_TRIES : MOST_TRIES); i++) {
        int client = new CrossingFins(stage).closeTogether(listener);
        Thread.sleep(SETTLE_MILLIS);
        if (!isBlind && bothWait(client, stage.address().getPort())) {
          return;
        }
      }
    }
    if (!isBlind) {
      throw new IOException(
          "in "
              + MOST_TRIES
              + " tries no two FINs crossed: that takes two processors with nothing else to do");
    }
  }

  /** Returns the client's port. */
  private int closeTogether(ServerSocket listener) throws Exception {
    int[] port = {0};
    Stage.together(
        () -> close(listener.accept()),
        () -> {
          Socket client = stage.connect();
          port[0] = client.getLocalPort();
          momentNanos = System.nanoTime() + UNTIL_THEN_NANOS;
          close(client);
        });
    return port[0];
  }

  private void close(Socket socket) throws Exception {
    try (socket) {
      both.await();
      // Who sleeps until the moment comes wakes up too late for it.
      while (System.nanoTime() - momentNanos < 0) {
        Thread.onSpinWait();
      }
      socket.shutdownOutput();
      Dialogues.readToEnd(socket.getInputStream());
    }
  }

  private static boolean bothWait(int client, int server) throws IOException {
    return waits(client, server) && waits(server, client);
  }

  private static boolean waits(int local, int remote) throws IOException {
    for (Path table : TABLES) {
      if (!Files.isReadable(table)) {
        continue;
      }
      for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.trim().split("\\s+", 5);
        if (fields.length > 3
            && fields[3].equals(IN_TIME_WAIT)
            && fields[1].endsWith(hex(local))
            && fields[2].endsWith(hex(remote))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String hex(int port) {
    return String.format(":%04X", port);
  }
}
