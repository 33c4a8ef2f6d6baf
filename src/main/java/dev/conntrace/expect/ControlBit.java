package dev.conntrace.expect;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.wire.TcpFlags;

/** Which segments are counted by their control bits, and by having payload. */
enum ControlBit {
  SYN("syn_segments", "segments with the SYN bit, copies included"),
  FIN("fin_segments", "segments with the FIN bit, copies included"),
  RST("rst_segments", "segments with the RST bit"),
  NO_ACK(
      "no_ack_segments",
      "segments without the ACK bit: of a connection opened as usual the client's SYN alone"),
  DATA("data", "segments with payload, copies included");

  private final String word;
  private final String meaning;

  ControlBit(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  String word() {
    return word;
  }

  String meaning() {
    return meaning;
  }

  boolean isOn(SegmentFacts segment) {
    return switch (this) {
      case SYN -> segment.has(TcpFlags.SYN);
      case FIN -> segment.has(TcpFlags.FIN);
      case RST -> segment.has(TcpFlags.RST);
      case NO_ACK -> !segment.has(TcpFlags.ACK);
      case DATA -> segment.length() > 0;
    };
  }
}
