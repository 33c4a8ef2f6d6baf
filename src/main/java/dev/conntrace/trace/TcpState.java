package dev.conntrace.trace;

/**
 * The state of one endpoint (RFC 9293 3.3.2), as an observer infers it; {@link #UNKNOWN} where
 * nothing proves one.
 */
public enum TcpState {
  CLOSED("no connection"),
  LISTEN("waiting for a connection request"),
  SYN_SENT("sent its SYN and waits for the answer"),
  SYN_RECEIVED("has the other side's SYN, sent its own, and waits for the ACK of it"),
  ESTABLISHED("open: data may flow both ways"),
  FIN_WAIT_1("sent its FIN and waits for the ACK of it"),
  FIN_WAIT_2(
      "its FIN is acknowledged; it waits for the other side's FIN and can still receive data"),
  CLOSE_WAIT(
      "has the other side's FIN; its own application has not closed yet and can still send data"),
  CLOSING("both sides sent a FIN at the same time; it waits for the ACK of its own"),
  LAST_ACK("has the other side's FIN, sent its own, and waits for the last ACK"),
  TIME_WAIT(
      "closed in order; it waits so that the last ACK can be repeated and old segments die out"),
  UNKNOWN("the capture does not show it");

  private final String meaning;

  TcpState(String meaning) {
    this.meaning = meaning;
  }

  /** Returns what an endpoint in this state has done and waits for, in plain words. */
  public String meaning() {
    return meaning;
  }

  /**
   * Returns whether both SYNs have been exchanged as far as this endpoint knows (RFC 9293 3.10.7.4,
   * "synchronized").
   */
  public boolean isSynchronized() {
    return compareTo(ESTABLISHED) >= 0 && this != UNKNOWN;
  }
}
