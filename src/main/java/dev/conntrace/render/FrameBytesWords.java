package dev.conntrace.render;

import dev.conntrace.trace.Layer;
import dev.conntrace.wire.BigEndian;
import dev.conntrace.wire.TcpView;

/** Says what only the bytes of a packet tell. */
final class FrameBytesWords {
  private FrameBytesWords() {}

  /** Returns how much of the packet is in the capture. */
  static Prose captured(FrameDetails details) {
    Prose prose = new Prose();
    if (details.capturedLength() < details.originalLength()) {
      prose.add(Meaning.WARNING, details.capturedLength() + " of ");
    } else {
      prose.add("all ");
    }
    prose.add(Counted.of(details.originalLength(), "byte"));
    return prose.add(", link layer " + Escaped.text(details.linkType()));
  }

  /** Returns the headers that could be read, with their sizes; {@code none} if there are none. */
  static String layers(FrameDetails details) {
    StringBuilder text = new StringBuilder();
    for (Layer layer : details.layers()) {
      text.append(text.length() == 0 ? "" : " + ").append(layer.name());
      text.append(' ').append(layer.bytes());
    }
    return text.length() == 0 ? "none" : text.toString();
  }

  /** Returns the TCP checksum and what it says of the segment. */
  static Prose checksum(FrameDetails details) {
    Prose prose = new Prose();
    if (details.hasTcpHeader()) {
      int field = BigEndian.u16(details.tcpHeaderBytes(), TcpView.CHECKSUM);
      String digits = Integer.toHexString(field);
      prose.add("0x" + "0".repeat(4 - digits.length()) + digits + ", ");
    }
    return switch (details.checksum()) {
      case VALID -> prose.add(Meaning.GOOD, "valid").add(": it fits addresses, header and data");
      case PARTIAL ->
          prose
              .add(Meaning.NOTICE, "partial")
              .add(": it covers the addresses alone, because the kernel leaves the rest to the")
              .add(" network card (on loopback to nobody); it says nothing against the segment");
      case BAD ->
          prose
              .add(Meaning.ERROR, "bad")
              .add(": it fits neither the segment nor its addresses alone; a receiver drops it")
              .add(" unseen, unless the capture was changed afterwards");
      case NOT_CAPTURED, NOT_VERIFIED ->
          prose.add(Meaning.NOTICE, "not verifiable").add(": not all of the segment was captured");
    };
  }
}
