package dev.conntrace.cli;

import dev.conntrace.capture.LinkType;
import dev.conntrace.capture.Packet;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.LayerTrail;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.render.ExplainText;
import dev.conntrace.render.FrameContext;
import dev.conntrace.render.FrameDetails;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Layer;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TransportAddress;
import dev.conntrace.wire.ChecksumState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains one frame. The first tracing finds it and its connection and keeps its bytes; the second
 * hears what surrounds it.
 */
final class FrameExplanation {
  /** More of a payload is not shown. */
  private static final int MOST_PAYLOAD = 256;

  private final NamedCapture capture;
  private final Session session;
  private final boolean withHeader;
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  FrameExplanation(NamedCapture capture, Session session, boolean withHeader) {
    this.capture = capture;
    this.session = session;
    this.withHeader = withHeader;
  }

  /**
   * Prints everything known of a frame.
   *
   * @throws UsageException if the capture does not have it
   */
  void print(long frame) throws IOException, UsageException {
    capture.keep();
    FrameFinder finder = new FrameFinder(frame);
    FrameCopy copy = new FrameCopy(frame);
    capture.copyTo(copy);
    capture.trace(finder, false);
    SegmentSeen found = finder.segment();
    ConnectionReport connection = finder.connection();
    if (found != null && connection != null) {
      print(found, connection, copy.packet());
    } else if (copy.isThere() && !session.options().isNdjson()) {
      printSkipped(copy.packet());
    } else if (copy.isThere() || capture.damage() == null) {
      throw new UsageException(capture.name() + ": " + finder.whyNot());
    }
    // Beyond the damage of a file there are no frames: the damage is what to tell.
  }

  private void print(SegmentSeen found, ConnectionReport connection, Packet packet)
      throws IOException {
    if (session.options().isNdjson()) {
      NdjsonRecords records = new NdjsonRecords(session.output());
      records.connection(capture.name(), connection);
      records.packet(capture.name(), found);
      records.flush();
      return;
    }
    FrameContext context = new FrameContext(connection, found.segment().frame());
    capture.trace(context, false);
    boolean decoded = decoder.decode(packet, segment) == DecodeOutcome.TCP;
    FrameDetails details = decoded ? detailsOfSegment(packet) : null;
    text().frame(capture.name(), connection, found, context, details, withHeader);
    if (withHeader && (details == null || !details.hasTcpHeader())) {
      noteNoHeader(packet.frame(), "holds only a part of its segment");
    }
  }

  private void printSkipped(Packet packet) throws IOException {
    DecodeOutcome outcome = decoder.decode(packet, segment);
    List<Layer> layers = layers();
    int headers = 0;
    for (Layer layer : layers) {
      headers += layer.bytes();
    }
    FrameDetails details =
        new FrameDetails(
            LinkType.nameOf(packet.linkType()),
            packet.originalLength(),
            packet.capturedLength(),
            layers,
            "",
            bytes(packet, headers, MOST_PAYLOAD),
            ChecksumState.NOT_CAPTURED);
    text()
        .skipped(
            capture.name(),
            packet.frame(),
            packet.timestampNanos(),
            ends(outcome, layers),
            outcome.id(),
            outcome.explanation(),
            details);
    if (withHeader) {
      noteNoHeader(packet.frame(), "is no TCP segment");
    }
  }

  /** Returns the innermost addresses of a packet, with ports where it is a UDP datagram. */
  private String ends(DecodeOutcome outcome, List<Layer> layers) {
    boolean addressed = false;
    for (Layer layer : layers) {
      addressed |= layer.name().startsWith("IPv");
    }
    if (!addressed) {
      return "";
    }
    boolean udp = outcome == DecodeOutcome.UDP;
    TransportAddress from =
        new TransportAddress(
            segment.srcHigh(), segment.srcLow(), segment.isIpv6(), udp ? segment.srcPort() : 0);
    TransportAddress to =
        new TransportAddress(
            segment.dstHigh(), segment.dstLow(), segment.isIpv6(), udp ? segment.dstPort() : 0);
    return udp ? from + " -> " + to : from.host() + " -> " + to.host();
  }

  private void noteNoHeader(long frame, String why) {
    session
        .messages()
        .note(capture.name() + ": frame " + frame + " " + why + ": there is no header to draw");
  }

  private FrameDetails detailsOfSegment(Packet packet) {
    int tcpOffset = segment.linkHeaderLength() + segment.ipHeaderLength();
    return new FrameDetails(
        LinkType.nameOf(packet.linkType()),
        packet.originalLength(),
        packet.capturedLength(),
        layers(),
        bytes(packet, tcpOffset, segment.tcpHeaderLength()),
        new String(
            segment.bytes(),
            segment.payloadOffset(),
            Math.min(MOST_PAYLOAD, segment.capturedPayloadLength()),
            StandardCharsets.ISO_8859_1),
        segment.checksumState());
  }

  private List<Layer> layers() {
    LayerTrail trail = segment.layers();
    List<Layer> layers = new ArrayList<>(trail.count());
    for (int i = 0; i < trail.count(); i++) {
      layers.add(new Layer(trail.name(i), trail.length(i)));
    }
    return layers;
  }

  /** Returns at most so many captured bytes from an offset on. */
  private static String bytes(Packet packet, int offset, int most) {
    int count = Math.max(0, Math.min(most, packet.capturedLength() - offset));
    return new String(packet.bytes(), packet.offset() + offset, count, StandardCharsets.ISO_8859_1);
  }

  private ExplainText text() {
    return new ExplainText(session.output(), session.layout(true));
  }
}
