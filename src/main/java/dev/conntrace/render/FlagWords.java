package dev.conntrace.render;

import dev.conntrace.wire.TcpFlags;

/** Says what the flags of a segment mean. */
final class FlagWords {
  private static final int[] BITS = {
    TcpFlags.SYN,
    TcpFlags.FIN,
    TcpFlags.RST,
    TcpFlags.PSH,
    TcpFlags.ACK,
    TcpFlags.URG,
    TcpFlags.ECE,
    TcpFlags.CWR,
    TcpFlags.AE
  };
  private static final String[] WORDS = {
    "SYN (this is where I start to count)",
    "FIN (I have no more data)",
    "RST (there is no such connection any more)",
    "PSH (hand it to the program)",
    "ACK (the acknowledgement number counts)",
    "URG (part of it is urgent)",
    "ECE (congestion reported, or ECN offered)",
    "CWR (I slowed down, or ECN offered)",
    "AE (accurate ECN)"
  };

  private FlagWords() {}

  /** Returns each flag with its meaning; {@code none} if none is set. */
  static String of(int flags) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < BITS.length; i++) {
      if ((flags & BITS[i]) != 0) {
        text.append(text.length() == 0 ? "" : ", ").append(WORDS[i]);
      }
    }
    return text.length() == 0 ? "none" : text.toString();
  }
}
