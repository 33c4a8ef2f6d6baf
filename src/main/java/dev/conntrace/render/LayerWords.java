package dev.conntrace.render;

import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.Layer;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.wire.TcpFlags;
import java.util.List;

/** Says what the layers of one packet take, and what is left over. */
final class LayerWords {
  private static final int TCP_WITHOUT_OPTIONS = 20;

  /** Ethernet's least frame, without and with the checksum at its end (IEEE 802.3). */
  private static final int LEAST_FRAME = 60;

  private static final int LEAST_FRAME_WITH_CHECKSUM = 64;

  private LayerWords() {}

  /**
   * Returns {@code Ethernet 14 + IPv4 20 + TCP 32 + data 10 = 76 bytes}, and what lies behind the
   * data.
   */
  static Prose sum(SegmentFacts segment) {
    HeaderSizes headers = segment.headers();
    Prose prose = new Prose();
    if (headers.layers().isEmpty()) {
      prose.add("link " + headers.link() + " + IP " + headers.ip() + " + TCP " + headers.tcp());
    }
    for (Layer layer : headers.layers()) {
      prose.then(" + ").add(layer.name() + " " + layer.bytes());
    }
    prose.add(" + data " + segment.length());
    long sum = (long) headers.total() + segment.length();
    return prose.add(" = " + Counted.of(sum, "byte"));
  }

  /**
   * Returns what does not follow from the sum: bytes behind the segment, a length that was not
   * stated, a segment larger than any packet.
   *
   * @param mssBytes the most payload that the sender may put into one segment; 0 if unknown
   */
  static Prose oddities(SegmentFacts segment, int mssBytes) {
    HeaderSizes headers = segment.headers();
    long behind = segment.originalLength() - headers.total() - segment.length();
    Prose prose = new Prose();
    if (!segment.fragments().isEmpty()) {
      prose.add("it came in several frames, each with link and IP headers of its own");
    } else if (behind > 0) {
      prose.add(behind(segment, behind));
    } else if (behind < 0) {
      prose.add(
          Meaning.WARNING, "the IP header names " + -behind + " bytes more than the frame has");
    }
    if (headers.lengthFromFrame()) {
      prose.then("; ").add("the IP header's length is 0, so the frame's is taken");
    }
    if (mssBytes > 0 && segment.length() > mssBytes && !segment.has(TcpFlags.SYN)) {
      int packets = (segment.length() + mssBytes - 1) / mssBytes;
      prose
          .then("; ")
          .add("larger than the MSS of " + mssBytes + ": ")
          .add(Counted.of(packets, "packet") + " on the wire, cut up or joined by a network card");
    }
    return prose;
  }

  /**
   * Returns what the numbers of link, IP and TCP consist of, where one is more than a plain header;
   * empty where none is.
   */
  static String composition(SegmentFacts segment) {
    HeaderSizes headers = segment.headers();
    StringBuilder text = new StringBuilder();
    int ofLink = layersOf(headers, 0, headers.link());
    if (ofLink > 1) {
      append(text.append("link: "), headers.layers(), 0, ofLink);
    }
    int ofIp = headers.layers().size() - 1 - ofLink;
    if (ofIp > 1) {
      append(
          text.append(text.length() == 0 ? "" : "; ").append("IP: "),
          headers.layers(),
          ofLink,
          ofIp);
    }
    int options = headers.tcp() - TCP_WITHOUT_OPTIONS;
    if (options > 0) {
      text.append(text.length() == 0 ? "" : "; ");
      text.append("TCP: " + TCP_WITHOUT_OPTIONS + " + " + options + " of options (");
      text.append(SegmentOptionWords.names(segment.options())).append(')');
    }
    return text.toString();
  }

  /** Returns how many layers from index {@code first} on make up so many bytes. */
  private static int layersOf(HeaderSizes headers, int first, int bytes) {
    int sum = 0;
    int count = 0;
    while (sum < bytes && first + count < headers.layers().size()) {
      sum += headers.layers().get(first + count).bytes();
      count++;
    }
    return count;
  }

  private static void append(StringBuilder text, List<Layer> layers, int first, int count) {
    for (int i = first; i < first + count; i++) {
      text.append(i == first ? "" : " + ");
      text.append(layers.get(i).name()).append(' ').append(layers.get(i).bytes());
    }
  }

  private static String behind(SegmentFacts segment, long bytes) {
    boolean ethernet =
        !segment.headers().layers().isEmpty()
            && segment.headers().layers().get(0).name().equals("Ethernet");
    long length = segment.originalLength();
    if (ethernet && (length == LEAST_FRAME || length == LEAST_FRAME_WITH_CHECKSUM)) {
      return bytes + " of padding behind them: Ethernet's least frame has " + length + " bytes";
    }
    return Counted.of(bytes, "byte") + " behind them that belong to no layer: padding or a trailer";
  }
}
