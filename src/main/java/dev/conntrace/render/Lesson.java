package dev.conntrace.render;

import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import org.jspecify.annotations.Nullable;

/** What a timeline teaches once, where it first happens. */
enum Lesson {
  THREE_WAY(
      "Why three segments? Each side must learn that the other knows its initial sequence number. The"
          + " SYN brings the client's. The SYN-ACK proves that it arrived and brings the server's."
          + " The ACK proves that this one arrived too: with two segments the server could not know."
          + " A SYN takes one number itself, so the first byte of data is byte 1."),
  SIMULTANEOUS_OPEN(
      "Both sides asked at the same time, so nobody is the server: each SYN is answered by a SYN-ACK,"
          + " and each side needs the ACK of its own SYN. TCP makes one connection of it, not two."),
  SELF(
      "The socket called its own address and port, and its SYN came back to it like another's: a"
          + " simultaneous open with one participant. Client and server are one socket here, with one"
          + " set of numbers and one state."),
  SPLIT_OPEN(
      "The answer came in pieces: the ACK of the client's SYN and the server's own SYN are usually one"
          + " segment, the SYN-ACK. The same three things are proven."),
  FAST_OPEN(
      "The SYN carried data already. The cookie shows that the client was here before, so the server"
          + " may use the data before the handshake is complete: one round trip saved."),
  FOUR_SEGMENT_CLOSE(
      "Why four segments? Each direction closes on its own: a FIN says that its sender has no more"
          + " data, and its ACK says that everything up to it arrived. Between the two halves the"
          + " other side may still send. A FIN takes one number, so that it can be acknowledged."),
  THREE_SEGMENT_CLOSE(
      "Why three segments and not four? Each direction closes on its own, with a FIN and its ACK. The"
          + " side that closed second had nothing left to send, so its own FIN and the ACK of the"
          + " first FIN travelled in one segment."),
  SIMULTANEOUS_CLOSE(
      "The FINs crossed: each side closed before it knew that the other did. Each acknowledges the"
          + " other's FIN and, not knowing whether that ACK arrives, waits in TIME_WAIT: both do."),
  RESET(
      "A RST ends both directions at once. It is not acknowledged, nobody waits in TIME_WAIT, and what"
          + " was on the way or not yet read by an application is lost."),
  REFUSED(
      "A SYN to a port on which nothing listens is answered by a RST that acknowledges it: the caller"
          + " need not wait. Silence instead would mean that something dropped the SYN."),
  TIME_WAIT(
      "Why wait at all? If the last ACK was lost the other side repeats its FIN, and somebody must"
          + " still be there to answer. And segments of this connection that are still on their way"
          + " must die out before the same ports may carry a new one.");

  private final String words;

  Lesson(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Returns what there is to learn from an opening. */
  static @Nullable Lesson of(Opened opened) {
    return switch (opened) {
      case THREE_WAY -> THREE_WAY;
      case SIMULTANEOUS -> SIMULTANEOUS_OPEN;
      case SELF -> SELF;
      case SPLIT -> SPLIT_OPEN;
      case FAST_OPEN -> FAST_OPEN;
      case REFUSED -> REFUSED;
      case FILTERED, UNANSWERED, INCOMPLETE, MIDSTREAM -> null;
    };
  }

  /** Returns what there is to learn from an end. */
  static @Nullable Lesson of(Closed closed) {
    return switch (closed) {
      case FOUR_SEGMENT -> FOUR_SEGMENT_CLOSE;
      case THREE_SEGMENT -> THREE_SEGMENT_CLOSE;
      case SIMULTANEOUS -> SIMULTANEOUS_CLOSE;
      case RESET -> RESET;
      case HALF_CLOSED, OPEN, NEVER_OPENED -> null;
    };
  }
}
