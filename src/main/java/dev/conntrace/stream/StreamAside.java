package dev.conntrace.stream;

/**
 * Payload that is no part of the stream, told so that nothing that was captured is lost.
 *
 * @param stream of whose sender
 * @param piece the captured bytes and where they claim to belong
 * @param reason why they do not
 */
public record StreamAside(StreamId stream, StreamPiece piece, Reason reason) {

  /** Why payload is left out. */
  public enum Reason {
    /** The payload of a RST: it may say why, but is no data (RFC 9293 3.5.3). */
    RESET("reset"),
    /** The byte of a keep-alive (RFC 9293 3.8.4). */
    KEEP_ALIVE("keep-alive"),
    /** Its numbers do not fit the connection. */
    STRAY("stray"),
    /** Its checksum is wrong: the receiver throws it away unread (RFC 9293 3.1). */
    DAMAGED("damaged"),
    /** It fills a gap that had been given up, or stands before what had been delivered. */
    LATE("late");

    private final String id;

    Reason(String id) {
      this.id = id;
    }

    /** Returns the word that records use. */
    public String id() {
      return id;
    }
  }
}
