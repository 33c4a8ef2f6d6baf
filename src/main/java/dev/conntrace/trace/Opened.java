package dev.conntrace.trace;

/** How a connection came to be, or did not. */
public enum Opened {
  THREE_WAY("three-way", "opened by a three-way handshake"),
  SIMULTANEOUS("simultaneous", "opened by both sides at the same time: their SYNs crossed"),
  SPLIT(
      "split", "opened by a split handshake: SYN and ACK of the answer came in separate segments"),
  FAST_OPEN("fast-open", "opened with data in the SYN (TCP Fast Open)"),
  SELF("self", "a socket connected to itself"),
  REFUSED("refused", "refused: a RST answered the SYN"),
  FILTERED("filtered", "filtered: an ICMP error answered the SYN"),
  UNANSWERED("unanswered", "unanswered: nobody replied to the SYN"),
  INCOMPLETE("incomplete", "left incomplete: the SYN-ACK was never acknowledged"),
  MIDSTREAM("midstream", "already open when the capture began");

  private final String id;
  private final String words;

  Opened(String id, String words) {
    this.id = id;
    this.words = words;
  }

  public String id() {
    return id;
  }

  /** Returns what happened in plain words. */
  public String words() {
    return words;
  }
}
