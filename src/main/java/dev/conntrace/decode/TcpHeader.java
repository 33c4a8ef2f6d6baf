package dev.conntrace.decode;

import dev.conntrace.wire.Fit;
import dev.conntrace.wire.TcpView;

/** Reads the TCP header into the segment: the end of every successful walk. */
final class TcpHeader {
  /**
   * The largest window there is (RFC 7323 2.2). No segment can be longer; what claims to be is
   * hostile.
   */
  private static final int MAX_PAYLOAD = 1 << 30;

  private final TcpView tcp = new TcpView();
  private final PayloadFingerprint fingerprint = new PayloadFingerprint();

  Next tcp(Walk walk, Segment segment) {
    Fit fit = tcp.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    int headerLength = tcp.headerLength();
    long payloadLength = walk.end - walk.at - headerLength;
    if (payloadLength < 0 || payloadLength > MAX_PAYLOAD) {
      return Next.MALFORMED;
    }
    segment.srcPort = tcp.sourcePort();
    segment.dstPort = tcp.destinationPort();
    segment.flowHash = FlowHash.of(segment);
    segment.seq = tcp.sequence();
    segment.ack = tcp.acknowledgment();
    segment.flags = tcp.flags();
    segment.windowField = tcp.windowField();
    segment.urgentPointer = tcp.urgentPointer();
    measure(walk, segment, headerLength, (int) payloadLength);
    segment.payloadFingerprint = fingerprint.of(segment);
    readOptions(walk, segment, headerLength);
    return Next.SEGMENT;
  }

  private static void measure(Walk walk, Segment segment, int headerLength, int payloadLength) {
    segment.tcpOffset = walk.at;
    segment.tcpHeaderLength = headerLength;
    segment.ipHeaderLength = walk.at - segment.ipOffset;
    segment.payloadLength = payloadLength;
    segment.capturedEnd = walk.limit;
    // Where the capture ends within the options there is no first payload byte to point at.
    segment.payloadOffset = Math.min(walk.at + headerLength, walk.limit);
  }

  private void readOptions(Walk walk, Segment segment, int headerLength) {
    int length = headerLength - TcpView.MIN_LENGTH;
    if (length == 0) {
      segment.options.clear();
      return;
    }
    int offset = walk.at + TcpView.MIN_LENGTH;
    segment.options.parse(walk.bytes, offset, length, walk.limit - offset);
  }
}
