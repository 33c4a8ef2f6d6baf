package dev.conntrace.trace;

/** What a kernel's socket waits for by the clock (the timers of {@code ss -o}). */
public enum SocketTimer {
  /** No timer runs. */
  NONE("none"),
  /** Unacknowledged bytes are sent again, or a tail loss probe goes out. */
  RETRANSMISSION("retransmission"),
  /** A keep-alive probe goes out; for a half-open or orphaned socket: it is given up. */
  KEEP_ALIVE("keep-alive"),
  /** The rest of TIME_WAIT, or of a FIN_WAIT_2 that nobody holds any more. */
  TIME_WAIT("time-wait"),
  /** A closed window is probed. */
  PERSIST("persist");

  private final String id;

  SocketTimer(String id) {
    this.id = id;
  }

  /** Returns the word that records use. */
  public String id() {
    return id;
  }
}
