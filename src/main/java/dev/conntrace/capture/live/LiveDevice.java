package dev.conntrace.capture.live;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * An interface.
 *
 * @param name what it is called, for {@link LiveOptions#device}
 * @param description what the system says of it; empty where it says nothing
 * @param addresses its addresses, without port
 * @param loopback whether it leads back to this host
 * @param up whether it is in use
 */
public record LiveDevice(
    String name, String description, List<String> addresses, boolean loopback, boolean up) {
  /** Copies the list. */
  public LiveDevice {
    addresses = List.copyOf(addresses);
  }

  /** Returns an address as text, without the interface that IPv6 may name behind it. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = address instanceof Inet6Address ? text.indexOf('%') : -1;
    return zone < 0 ? text : text.substring(0, zone);
  }
}
