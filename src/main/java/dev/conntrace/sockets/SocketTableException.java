package dev.conntrace.sockets;

/** Why the kernel does not tell of its sockets, in one line. */
public final class SocketTableException extends Exception {
  private static final long serialVersionUID = 1L;

  SocketTableException(String message) {
    super(message);
  }

  SocketTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
