package dev.conntrace.select;

import dev.conntrace.trace.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address, a port, or both, that one side of a connection may have: {@code 10.0.0.1}, {@code
 * 6573}, {@code 10.0.0.1:6573}, {@code ::1}, {@code [::1]:6573}. Names are not looked up.
 */
public final class AddressPattern {
  private static final int ANY_PORT = -1;
  private static final int MAX_PORT = 65_535;
  private static final int IPV4_BYTES = 4;

  /** Where an IPv4 address stands inside IPv6 (RFC 4291 2.5.5.2): 80 bits 0, 16 bits 1. */
  private static final long IPV4_MAPPED = 0xffff_0000_0000L;

  private final boolean anyHost;
  private final boolean ipv6;
  private final long high;
  private final long low;
  private final int port;

  private AddressPattern(boolean anyHost, boolean ipv6, long high, long low, int port) {
    this.anyHost = anyHost;
    this.ipv6 = ipv6;
    this.high = high;
    this.low = low;
    this.port = port;
  }

  /**
   * Reads a pattern.
   *
   * @throws SelectionException if it is neither an address, nor a port, nor both
   */
  public static AddressPattern parse(String text) throws SelectionException {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw notAnAddress(text);
      }
      String rest = text.substring(end + 1);
      if (!rest.isEmpty() && rest.charAt(0) != ':') {
        throw notAnAddress(text);
      }
      return ofIpv6(
          text, text.substring(1, end), rest.isEmpty() ? ANY_PORT : port(rest.substring(1)));
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
      return ofIpv6(text, text, ANY_PORT);
    }
    if (colon == 0 || (colon < 0 && isNumber(text))) {
      return new AddressPattern(true, false, 0, 0, port(text.substring(colon + 1)));
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? ANY_PORT : port(text.substring(colon + 1));
    return new AddressPattern(false, false, 0, ipv4(text, host), port);
  }

  /**
   * Reads a port.
   *
   * @throws SelectionException if it is not a number from 0 to 65535
   */
  public static int port(String text) throws SelectionException {
    int port = Digits.parse(text, MAX_PORT);
    if (port < 0) {
      throw new SelectionException(
          "'" + text + "' is no port: give a number from 0 to " + MAX_PORT);
    }
    return port;
  }

  /**
   * Reads an address without a port.
   *
   * @throws SelectionException if it is anything else
   */
  static TransportAddress host(String text) throws SelectionException {
    AddressPattern pattern = parse(text);
    if (pattern.anyHost || pattern.port != ANY_PORT) {
      throw new SelectionException("'" + text + "' is no address without a port");
    }
    return new TransportAddress(pattern.high, pattern.low, pattern.ipv6, 0);
  }

  /** Returns whether an address fits. */
  public boolean matches(TransportAddress address) {
    return (port == ANY_PORT || port == address.port())
        && (anyHost || (ipv6 == address.ipv6() && low == address.low() && high == address.high()));
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static long ipv4(String text, String host) throws SelectionException {
    long address = 0;
    int start = 0;
    for (int part = 0; part < IPV4_BYTES; part++) {
      boolean last = part == IPV4_BYTES - 1;
      int end = last ? host.length() : host.indexOf('.', start);
      int value = end < 0 ? -1 : Digits.parse(host.substring(start, end), 255);
      if (value < 0) {
        throw notAnAddress(text);
      }
      address = address << 8 | value;
      start = end + 1;
    }
    return address;
  }

  private static AddressPattern ofIpv6(String text, String host, int port)
      throws SelectionException {
    // Text that begins like an IPv6 address and holds a colon is never looked up as a name.
    if (host.indexOf(':') < 0
        || host.indexOf('%') >= 0
        || (host.charAt(0) != ':' && Character.digit(host.charAt(0), 16) < 0)) {
      throw notAnAddress(text);
    }
    byte[] bytes;
    try {
      bytes = InetAddress.getByName(host).getAddress();
    } catch (UnknownHostException e) {
      throw notAnAddress(text);
    }
    if (bytes.length == IPV4_BYTES) {
      return new AddressPattern(false, true, 0, IPV4_MAPPED | number(bytes, 0, IPV4_BYTES), port);
    }
    return new AddressPattern(false, true, number(bytes, 0, 8), number(bytes, 8, 8), port);
  }

  private static long number(byte[] bytes, int start, int length) {
    long number = 0;
    for (int i = start; i < start + length; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }

  private static SelectionException notAnAddress(String text) {
    return new SelectionException(
        "'"
            + text
            + "' is no address: give an IP address, a port, or both, as 10.0.0.1:80 or [::1]:80"
            + " (names are not looked up)");
  }
}
