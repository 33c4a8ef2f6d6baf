package dev.conntrace.trace;

/** Why one side is called the client. */
public enum RoleEvidence {
  SYN("syn", "it sent the first SYN"),
  SYN_ACK("syn-ack", "the other side sent a SYN-ACK, which answers its SYN"),
  PORT(
      "port",
      "no handshake was captured; the other side's port is known as a server's or is the lower one"),
  FIRST_PACKET(
      "first-packet",
      "no handshake was captured and the ports say nothing; it sent the first packet seen");

  private final String id;
  private final String words;

  RoleEvidence(String id, String words) {
    this.id = id;
    this.words = words;
  }

  public String id() {
    return id;
  }

  /** Returns the reason in words that complete "client, because ...". */
  public String words() {
    return words;
  }
}
