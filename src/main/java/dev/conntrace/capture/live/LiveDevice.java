package dev.conntrace.capture.live;

import java.net.InetAddress;
import java.util.List;

/**
 * An interface.
 *
 * @param name what it is called, for {@link LiveOptions#device}
 * @param description what the system says of it; empty where it says nothing
 * @param addresses its addresses
 * @param loopback whether it leads back to this host
 * @param up whether it is in use
 */
public record LiveDevice(
    String name, String description, List<InetAddress> addresses, boolean loopback, boolean up) {
  /** Copies the list. */
  public LiveDevice {
    addresses = List.copyOf(addresses);
  }
}
