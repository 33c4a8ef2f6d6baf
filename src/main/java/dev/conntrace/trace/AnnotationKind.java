package dev.conntrace.trace;

import org.jspecify.annotations.Nullable;

/**
 * Everything that conntrace can say of a segment. A constant carries its id, its title, what it
 * means in plain words, and where to read more.
 */
public enum AnnotationKind {
  SYN(
      Group.HANDSHAKE,
      "syn",
      "connection request",
      "The client asks for a connection and names the number at which it will start counting its bytes (its initial sequence number).",
      "RFC 9293 3.5"),
  SYN_ACK(
      Group.HANDSHAKE,
      "syn-ack",
      "answer to a connection request",
      "The server agrees: it acknowledges the client's SYN and sends its own, with its own initial sequence number.",
      "RFC 9293 3.5"),
  HANDSHAKE_COMPLETE(
      Group.HANDSHAKE,
      "handshake-complete",
      "third segment of the handshake",
      "The client acknowledges the server's SYN. Only now does each side know that the other has its number: two segments would leave the server guessing.",
      "RFC 9293 3.5"),
  SIMULTANEOUS_OPEN(
      Group.HANDSHAKE,
      "simultaneous-open",
      "both sides called each other",
      "Two SYNs crossed on the way. TCP makes one connection of them, and both sides are callers.",
      "RFC 9293 3.5"),
  FAST_OPEN(
      Group.HANDSHAKE,
      "fast-open",
      "TCP Fast Open",
      "The SYN carries data, or a cookie that will allow it next time, and saves one round trip.",
      "RFC 7413"),
  REFUSED(
      Group.HANDSHAKE,
      "refused",
      "connection refused",
      "A RST answered the SYN: nothing listens on that port, or a firewall answers in its place.",
      "RFC 9293 3.10.7.1"),
  PORT_REUSED(
      Group.HANDSHAKE,
      "port-reused",
      "same addresses and ports again",
      "A new connection uses the same two addresses and ports as an earlier one. It is another connection with numbers of its own.",
      "RFC 9293 3.4"),
  TIME_WAIT_REUSED(
      Group.HANDSHAKE,
      "time-wait-reused",
      "new connection out of TIME_WAIT",
      "The addresses and ports were still in TIME_WAIT. The new SYN was allowed because its timestamp or its sequence number shows that it cannot be an old duplicate.",
      "RFC 6191"),

  RETRANSMISSION(
      Group.LOSS,
      "retransmission",
      "bytes sent before",
      "The sender sends bytes again that it sent before, because it believes that they were lost.",
      "RFC 9293 3.8.1"),
  FAST_RETRANSMISSION(
      Group.LOSS,
      "fast-retransmission",
      "retransmission asked for by acknowledgements",
      "Duplicate acknowledgements or SACK blocks told the sender of a hole, so it did not wait for its timer.",
      "RFC 5681 3.2, RFC 6675, RFC 8985"),
  TIMEOUT_RETRANSMISSION(
      Group.LOSS,
      "timeout-retransmission",
      "retransmission by the timer",
      "No acknowledgement came in time: the retransmission timer fired. It waits longer after each time, and the sender slows down.",
      "RFC 6298 5"),
  TAIL_LOSS_PROBE(
      Group.LOSS,
      "tail-loss-probe",
      "last segment sent again early",
      "Nothing came back for the end of the data. Before the timer fires the sender repeats the last segment, so that an answer shows what is missing.",
      "RFC 8985 7"),
  SYN_RETRANSMISSION(
      Group.LOSS,
      "syn-retransmission",
      "SYN sent again",
      "The SYN or SYN-ACK was not answered in time and is sent again, with a longer wait each time.",
      "RFC 6298 5"),
  FIN_RETRANSMISSION(
      Group.LOSS,
      "fin-retransmission",
      "FIN sent again",
      "The FIN was not acknowledged in time and is sent again.",
      "RFC 9293 3.6"),
  SPURIOUS_RETRANSMISSION(
      Group.LOSS,
      "spurious-retransmission",
      "retransmission that was not needed",
      "These bytes had reached the receiver before: their acknowledgement was late or lost, not they themselves. Or they came so late that it threw them away (PAWS).",
      "RFC 2883, RFC 3522"),
  OUT_OF_ORDER(
      Group.LOSS,
      "out-of-order",
      "arrived late",
      "These bytes were sent once but arrived after bytes sent later: the network changed the order. TCP puts them back in place.",
      "RFC 4737"),
  DUPLICATE_PACKET(
      Group.LOSS,
      "duplicate-packet",
      "the same packet twice",
      "The network or the capture delivered one packet twice. The sender sent it once.",
      "rules of conntrace"),
  PREVIOUS_SEGMENT_MISSING(
      Group.LOSS,
      "previous-segment-missing",
      "a hole before this segment",
      "Bytes between the last segment and this one have not been seen: lost, late, or never captured.",
      "RFC 9293 3.10.7.4"),
  ACKED_UNSEEN_SEGMENT(
      Group.LOSS,
      "acked-unseen-segment",
      "acknowledges what was not captured",
      "The receiver has bytes that this capture does not hold: the capture missed them, the network did not.",
      "rules of conntrace"),
  OVERLAP_CONFLICT(
      Group.LOSS,
      "overlap-conflict",
      "same position, other bytes",
      "Bytes of a position seen before came again with other contents. Receivers differ in which they believe.",
      "RFC 9293 3.10.7.4"),

  DUPLICATE_ACK(
      Group.ACKNOWLEDGEMENT,
      "duplicate-ack",
      "acknowledges nothing new",
      "The receiver repeats its acknowledgement, usually because something arrived beyond a hole. Three of them, or SACK blocks, make the sender repeat the missing bytes.",
      "RFC 5681 2"),
  PARTIAL_ACK(
      Group.ACKNOWLEDGEMENT,
      "partial-ack",
      "acknowledges part of what was sent",
      "During recovery: some of the missing bytes have arrived, others are still missing.",
      "RFC 6582 3.2"),
  STALE_ACK(
      Group.ACKNOWLEDGEMENT,
      "stale-ack",
      "old acknowledgement",
      "It acknowledges less than an earlier one: it was overtaken on the way. It changes nothing.",
      "RFC 9293 3.10.7.4"),
  STRETCH_ACK(
      Group.ACKNOWLEDGEMENT,
      "stretch-ack",
      "one acknowledgement for many segments",
      "It covers more than two full segments at once, as happens when the receiver or the network card joins segments.",
      "RFC 5681 4.2"),
  SACK(
      Group.ACKNOWLEDGEMENT,
      "sack",
      "selective acknowledgement",
      "The receiver names byte ranges that it has beyond the hole, so that only the hole need be sent again.",
      "RFC 2018"),
  DSACK(
      Group.ACKNOWLEDGEMENT,
      "dsack",
      "report of a duplicate",
      "The receiver says that it got bytes twice: a retransmission was not needed, or the network made a copy.",
      "RFC 2883"),
  SACK_INVALID(
      Group.ACKNOWLEDGEMENT,
      "sack-invalid",
      "impossible SACK block",
      "A SACK block names bytes that were never sent, or is upside down. A sender ignores it.",
      "RFC 2018 5"),
  SACK_RENEGING(
      Group.ACKNOWLEDGEMENT,
      "sack-reneging",
      "receiver dropped what it had",
      "Bytes that were selectively acknowledged are no longer: the receiver threw them away and needs them again.",
      "RFC 2018 8"),
  CHALLENGE_ACK(
      Group.ACKNOWLEDGEMENT,
      "challenge-ack",
      "answer to a suspicious segment",
      "A SYN, a RST or data that does not fit was answered with the numbers that would: if the peer meant it, it can say so properly.",
      "RFC 5961"),
  DELAYED_ACK(
      Group.ACKNOWLEDGEMENT,
      "delayed-ack",
      "acknowledgement held back",
      "The receiver waited for a second segment, or for data of its own, before it acknowledged: that is no network delay.",
      "RFC 9293 3.8.6.3"),
  NAGLE_WAIT(
      Group.ACKNOWLEDGEMENT,
      "nagle-wait",
      "waited for a delayed acknowledgement",
      "While a small segment is not acknowledged, Nagle's rule keeps the next small one back; and the receiver delayed that acknowledgement, in case data or a second segment came. Nothing was lost, both only waited. One write for both pieces, or TCP_NODELAY, avoids it.",
      "RFC 896, RFC 9293 3.7.4"),

  ZERO_WINDOW(
      Group.WINDOW,
      "zero-window",
      "receiver is full",
      "The receive buffer is full because the application does not read. The sender must stop.",
      "RFC 9293 3.8.6"),
  WINDOW_FULL(
      Group.WINDOW,
      "window-full",
      "sender has used the window up",
      "With this segment everything that the receiver allowed is on the way. The sender must wait for room.",
      "RFC 9293 3.8.6"),
  WINDOW_UPDATE(
      Group.WINDOW,
      "window-update",
      "receiver changes the window",
      "It acknowledges nothing new but tells how much room there is now.",
      "RFC 9293 3.8.6"),
  WINDOW_SHRUNK(
      Group.WINDOW,
      "window-shrunk",
      "receiver takes room back",
      "The right edge of the window moved back: room that was promised is gone. Receivers should not do that.",
      "RFC 9293 3.8.6"),
  BEYOND_WINDOW(
      Group.WINDOW,
      "beyond-window",
      "sent more than allowed",
      "These bytes lie beyond everything that the receiver ever allowed, as far as the capture shows.",
      "RFC 9293 3.8.6"),
  ZERO_WINDOW_PROBE(
      Group.WINDOW,
      "zero-window-probe",
      "is there room again?",
      "The receiver was full. The sender asks again and again, in case the message that there is room got lost.",
      "RFC 9293 3.8.6.1"),
  ZERO_WINDOW_PROBE_ACK(
      Group.WINDOW,
      "zero-window-probe-ack",
      "answer to a window probe",
      "The receiver answers a probe with its present window.",
      "RFC 9293 3.8.6.1"),

  KEEP_ALIVE(
      Group.IDLE,
      "keep-alive",
      "are you still there?",
      "Nothing was sent for a while. A segment with an old number makes the other side answer if it is still there.",
      "RFC 9293 3.8.4"),
  KEEP_ALIVE_ACK(
      Group.IDLE, "keep-alive-ack", "still here", "The answer to a keep-alive.", "RFC 9293 3.8.4"),
  KEEP_ALIVE_TIMEOUT(
      Group.IDLE,
      "keep-alive-timeout",
      "gave up on a silent peer",
      "Several keep-alives in a row had no answer, so the connection is reset.",
      "RFC 9293 3.8.4"),
  IDLE_RESTART(
      Group.IDLE,
      "idle-restart",
      "sending again after a pause",
      "After a long pause the sender starts slowly again, because it no longer knows what the network can carry.",
      "RFC 5681 4.1"),

  ECN_CE(
      Group.PATH,
      "ecn-ce",
      "router reports congestion",
      "A router marked the packet instead of dropping it: its queue is filling up.",
      "RFC 3168 5"),
  ECN_ECHO(
      Group.PATH,
      "ecn-echo",
      "receiver passes the congestion mark on",
      "The receiver tells the sender that a router marked a packet.",
      "RFC 3168 6.1"),
  CWR(
      Group.PATH,
      "cwr",
      "sender slowed down",
      "The sender answers the congestion report: it has reduced its congestion window.",
      "RFC 3168 6.1"),
  ICMP_UNREACHABLE(
      Group.PATH,
      "icmp-unreachable",
      "a router or host could not deliver it",
      "An ICMP error came back that quotes this segment.",
      "RFC 792, RFC 4443"),
  FRAGMENTATION_NEEDED(
      Group.PATH,
      "fragmentation-needed",
      "too large for the path",
      "A router could not forward the packet without splitting it and said how large it may be.",
      "RFC 1191, RFC 8201"),
  BAD_CHECKSUM(
      Group.PATH,
      "bad-checksum",
      "damaged on the way",
      "The checksum does not fit although the sender's other checksums do: bits changed on the way. The receiver throws such a segment away unread, so that it changes nothing, and what it carried has to be sent again.",
      "RFC 9293 3.1"),

  FIN(
      Group.CLOSE,
      "fin",
      "no more data from this side",
      "The sender has sent everything. It can still receive: each direction closes on its own.",
      "RFC 9293 3.6"),
  FIN_ACKED(
      Group.CLOSE,
      "fin-acked",
      "FIN acknowledged",
      "The other side has every byte up to the FIN.",
      "RFC 9293 3.6"),
  HALF_CLOSE(
      Group.CLOSE,
      "half-close",
      "one direction closed, the other goes on",
      "After this FIN the other side went on sending data.",
      "RFC 9293 3.6"),
  SIMULTANEOUS_CLOSE(
      Group.CLOSE,
      "simultaneous-close",
      "both sides closed at once",
      "The FINs crossed: each was sent before the other arrived. Both sides end in TIME_WAIT.",
      "RFC 9293 3.6"),
  CLOSE_COMPLETE(
      Group.CLOSE,
      "close-complete",
      "last acknowledgement",
      "Both FINs are acknowledged: every byte of both directions arrived, and the connection is closed.",
      "RFC 9293 3.6"),
  TIME_WAIT(
      Group.CLOSE,
      "time-wait",
      "waits before it forgets",
      "The side that closed first keeps the connection's numbers for a while: it can repeat the last ACK if that was lost, and old segments cannot disturb a new connection.",
      "RFC 9293 3.6.1"),
  RESET(
      Group.CLOSE,
      "reset",
      "connection torn down",
      "A RST ends the connection at once. What was on the way or unread is lost.",
      "RFC 9293 3.5.2"),
  RESET_IGNORED(
      Group.CLOSE,
      "reset-ignored",
      "RST without effect",
      "The RST does not carry exactly the expected number, so the receiver does not believe it.",
      "RFC 5961 3"),
  DATA_AFTER_CLOSE(
      Group.CLOSE,
      "data-after-close",
      "data for a closed side",
      "Data or a segment came from or for a side that had already closed.",
      "RFC 9293 3.10.7");

  /** What an annotation is about. */
  public enum Group {
    HANDSHAKE("handshake"),
    LOSS("loss and order"),
    ACKNOWLEDGEMENT("acknowledgement"),
    WINDOW("window"),
    IDLE("idle"),
    PATH("congestion and path"),
    CLOSE("close");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  private static final AnnotationKind[] ALL = values();

  private final Group group;
  private final String id;
  private final String title;
  private final String explanation;
  private final String reference;

  AnnotationKind(Group group, String id, String title, String explanation, String reference) {
    this.group = group;
    this.id = id;
    this.title = title;
    this.explanation = explanation;
    this.reference = reference;
  }

  /** Returns the kind with this id, or null if there is none. */
  public static @Nullable AnnotationKind ofId(String id) {
    for (AnnotationKind kind : ALL) {
      if (kind.id.equals(id)) {
        return kind;
      }
    }
    return null;
  }

  public Group group() {
    return group;
  }

  /** Returns the id that records and options use: {@code fast-retransmission}. */
  public String id() {
    return id;
  }

  /** Returns a few words that name it. */
  public String title() {
    return title;
  }

  /** Returns what it means and why it happens, in plain words. */
  public String explanation() {
    return explanation;
  }

  /** Returns where it is defined: an RFC and its section. */
  public String reference() {
    return reference;
  }
}
