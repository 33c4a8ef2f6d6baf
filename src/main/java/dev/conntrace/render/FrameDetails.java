package dev.conntrace.render;

import dev.conntrace.trace.Layer;
import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.TcpView;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What only the bytes of a packet tell, read from them once more. Bytes are chars of 0 to 255.
 *
 * @param linkType the name of the capture's link layer
 * @param originalLength bytes on the wire
 * @param capturedLength how many of them the capture holds
 * @param layers the headers that were stepped over, outermost first, without the TCP header
 * @param tcpHeader the captured bytes of the TCP header; empty if there is none
 * @param payload the captured bytes behind all headers, the first few hundred at most
 * @param checksum what the TCP checksum says; {@link ChecksumState#NOT_CAPTURED} if there is none
 */
public record FrameDetails(
    String linkType,
    long originalLength,
    int capturedLength,
    List<Layer> layers,
    String tcpHeader,
    String payload,
    ChecksumState checksum) {

  /** Returns the captured bytes of the TCP header. */
  byte[] tcpHeaderBytes() {
    return tcpHeader.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns whether all fixed fields of a TCP header are there. */
  public boolean hasTcpHeader() {
    return tcpHeader.length() >= TcpView.MIN_LENGTH;
  }
}
