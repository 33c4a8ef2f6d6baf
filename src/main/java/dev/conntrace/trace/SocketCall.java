package dev.conntrace.trace;

/** The steps of a program that speaks TCP, in the order of a textbook. */
public enum SocketCall {
  SOCKET,
  BIND,
  LISTEN,
  CONNECT,
  ACCEPT,
  SEND,
  RECEIVE,
  CLOSE;

  private final String id = name().toLowerCase(java.util.Locale.ROOT);

  /** Returns the word that records and timelines use: the name of the call. */
  public String id() {
    return id;
  }
}
