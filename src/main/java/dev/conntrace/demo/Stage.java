package dev.conntrace.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Where a scenario is played: an address of this host and a port. */
public final class Stage {
  /** The port of the tutorial. */
  public static final int USUAL_PORT = 6573;

  private static final int PATIENCE_MILLIS = 10_000;

  private final InetSocketAddress address;

  /**
   * Sets the stage.
   *
   * @param port the server's, 1 to 65535
   */
  public Stage(InetAddress host, int port) {
    address = new InetSocketAddress(host, port);
  }

  /** Returns the server's address and port. */
  public InetSocketAddress address() {
    return address;
  }

  /** Returns a listener with a queue of this length. */
  ServerSocket listen(int backlog) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.setSoTimeout(PATIENCE_MILLIS);
      listener.bind(address, backlog);
      return listener;
    } catch (IOException e) {
      listener.close();
      throw new IOException(
          "port "
              + address.getPort()
              + " cannot be listened on ("
              + e.getMessage()
              + "); choose another with --port",
          e);
    }
  }

  /** Returns a client's socket that has called the listener. */
  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(address, PATIENCE_MILLIS);
    return socket;
  }

  /** What one of the two ends does. */
  interface Part {
    void play() throws Exception;
  }

  /** Has {@code other} played on a thread of its own while this one plays {@code own}. */
  static void together(Part other, Part own) throws Exception {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              other.play();
              return true;
            });
    Thread thread = new Thread(task, "demo");
    thread.setDaemon(true);
    thread.start();
    own.play();
    try {
      task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
