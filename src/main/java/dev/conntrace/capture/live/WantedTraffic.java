package dev.conntrace.capture.live;

import java.net.InetAddress;
import java.util.List;

/**
 * To which traffic a capture keeps. An empty list asks for nothing: any port, any host.
 *
 * @param ports TCP or UDP ports, of which either end must have one
 * @param hosts addresses, of which either end must have one
 */
public record WantedTraffic(List<Integer> ports, List<InetAddress> hosts) {
  /** Everything. */
  public static final WantedTraffic ALL = new WantedTraffic(List.of(), List.of());

  /** Copies the lists. */
  public WantedTraffic {
    ports = List.copyOf(ports);
    hosts = List.copyOf(hosts);
  }

  /** Returns whether nothing is left out. */
  public boolean isAll() {
    return ports.isEmpty() && hosts.isEmpty();
  }

  /**
   * Returns this in libpcap's language (pcap-filter(7)): {@code (port 80 or icmp or icmp6) and
   * (host 10.0.0.1)}. ICMP errors and later fragments show no port, so they pass.
   */
  String expression() {
    StringBuilder text = new StringBuilder();
    for (int port : ports) {
      text.append(text.length() == 0 ? "(" : " or ").append("port ").append(port);
    }
    if (!ports.isEmpty()) {
      text.append(" or icmp or icmp6 or (ip[6:2] & 0x1fff != 0) or ip6 proto 44)");
    }
    String separator = ports.isEmpty() ? "(" : " and (";
    for (InetAddress host : hosts) {
      text.append(separator).append("host ").append(host.getHostAddress());
      separator = " or ";
    }
    return text.append(hosts.isEmpty() ? "" : ")").toString();
  }
}
