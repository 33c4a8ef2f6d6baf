package dev.conntrace.trace;

import java.util.List;

/**
 * What each layer of one packet takes, in bytes.
 *
 * @param link everything before the innermost IP header
 * @param ip the IP header with options or extension headers
 * @param tcp the TCP header with options
 * @param layers every header of the packet, outermost first; together they are as long as the three
 *     numbers before. Empty where the packet was not looked into
 * @param lengthFromFrame whether the IP header says 0 for its length, as it does where a network
 *     card is to cut the segment up, so that the frame's end was taken for the segment's
 */
public record HeaderSizes(int link, int ip, int tcp, List<Layer> layers, boolean lengthFromFrame) {

  /** The sizes alone. */
  public HeaderSizes(int link, int ip, int tcp) {
    this(link, ip, tcp, List.of(), false);
  }

  /** Returns the bytes of all headers. */
  public int total() {
    return link + ip + tcp;
  }
}
