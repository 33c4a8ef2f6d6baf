package dev.conntrace.demo;

import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

/** Many bytes: how they are cut, put together and held up. */
final class Transfers {
  private static final int LARGE = 300_000;
  private static final int SMALL = 50;
  private static final int SMALL_WRITES = 100;
  private static final int PAUSE_MILLIS = 2000;

  /** So small that it fills at once; the kernel takes at least some thousand bytes. */
  private static final int SMALL_BUFFER = 4096;

  private Transfers() {}

  static void segmentation(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(1)) {
      Stage.together(
          () -> serve(listener, 0),
          () -> {
            try (Socket client = stage.connect()) {
              client.getOutputStream().write(pattern(LARGE));
            }
          });
    }
  }

  static void coalescing(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(1)) {
      Stage.together(
          () -> serve(listener, 0),
          () -> {
            try (Socket client = stage.connect()) {
              client.setTcpNoDelay(false);
              OutputStream out = client.getOutputStream();
              byte[] line = pattern(SMALL);
              for (int i = 0; i < SMALL_WRITES; i++) {
                out.write(line);
              }
            }
          });
    }
  }

  static void zeroWindow(Stage stage) throws Exception {
    try (ServerSocket listener = stage.listen(1)) {
      listener.setReceiveBufferSize(SMALL_BUFFER);
      Stage.together(
          () -> serve(listener, PAUSE_MILLIS),
          () -> {
            try (Socket client = stage.connect()) {
              client.getOutputStream().write(pattern(LARGE));
            }
          });
    }
  }

  private static void serve(ServerSocket listener, long pauseMillis) throws Exception {
    try (Socket served = listener.accept()) {
      Thread.sleep(pauseMillis);
      Dialogues.readToEnd(served.getInputStream());
    }
  }

  /** Returns lines of digits: in a capture it shows where in the stream one is. */
  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 10 == 9 ? '\n' : '0' + i / 10 % 10);
    }
    return bytes;
  }
}
