package dev.conntrace.capture.live;

import dev.conntrace.capture.live.LiveException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the way in: libpcap, or a Linux packet socket where that is missing. */
public final class LiveCapture {
  /** How packets come in. */
  public enum Way {
    /** Through libpcap, on Linux, macOS and Windows. */
    LIBPCAP,
    /** Through a packet socket of Linux. */
    PACKET_SOCKET
  }

  private LiveCapture() {}

  /**
   * Opens an interface; what is captured begins here.
   *
   * @param way how; null to choose what there is
   * @throws LiveException if that is not permitted or not possible
   */
  public static LiveSource open(LiveOptions options, @Nullable Way way) throws LiveException {
    if (options.device().isEmpty()) {
      // To libpcap no name is the first interface, to pcap4j a fault of the caller.
      throw LiveFailures.noDevice("");
    }
    Way chosen = way == null ? usual() : way;
    try {
      return chosen == Way.LIBPCAP ? throughLibpcap(options) : throughPacketSocket(options);
    } catch (LiveException e) {
      // Who may not capture is told so before the name is looked at, which may be wrong as well.
      throw e.reason() == Reason.FORBIDDEN && !isThere(options.device())
          ? LiveFailures.noDevice(options.device())
          : e;
    }
  }

  private static boolean isThere(String name) throws LiveException {
    for (LiveDevice device : devices()) {
      if (device.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static Way usual() {
    return isLinux() && Libpcap.missing() != null ? Way.PACKET_SOCKET : Way.LIBPCAP;
  }

  private static LiveSource throughLibpcap(LiveOptions options) throws LiveException {
    String missing = Libpcap.missing();
    if (missing != null) {
      throw LiveFailures.noLibpcap(missing);
    }
    return new LibpcapSource(options);
  }

  private static LiveSource throughPacketSocket(LiveOptions options) throws LiveException {
    if (!isLinux()) {
      throw new LiveException(Reason.IMPOSSIBLE, "packet sockets are Linux's; libpcap is needed");
    }
    if (options.expression() != null) {
      throw new LiveException(
          Reason.BAD_FILTER,
          "--filter is libpcap's language, and libpcap is not used here; --port and --host work"
              + " without it");
    }
    return new PacketSocketSource(options);
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
  }

  /** Returns in words which libpcap there is, or that there is none and why. */
  public static String libpcap() {
    String missing = Libpcap.missing();
    return missing == null ? Libpcap.version() : "no libpcap: " + missing;
  }

  /**
   * Returns the interfaces of this host.
   *
   * @throws LiveException if the system does not list them
   */
  public static List<LiveDevice> devices() throws LiveException {
    return Libpcap.missing() == null ? Libpcap.devices() : ofSystem();
  }

  private static List<LiveDevice> ofSystem() throws LiveException {
    try {
      List<LiveDevice> devices = new ArrayList<>();
      for (NetworkInterface found : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        List<InetAddress> addresses = Collections.list(found.getInetAddresses());
        devices.add(
            new LiveDevice(found.getName(), "", addresses, found.isLoopback(), found.isUp()));
      }
      devices.add(new LiveDevice(LiveOptions.ANY, "all interfaces", List.of(), false, true));
      return devices;
    } catch (SocketException e) {
      throw new LiveException(Reason.IMPOSSIBLE, "cannot list interfaces: " + e.getMessage());
    }
  }

  /**
   * Returns why a capture on an interface would fail; null if it would not. Nothing is read.
   *
   * @param device the interface's name
   */
  public static @Nullable LiveException obstacle(String device) {
    LiveOptions options =
        new LiveOptions(device, 64, 2 * PacketSocket.BLOCK_BYTES, WantedTraffic.ALL, null);
    try {
      open(options, null).close();
      return null;
    } catch (LiveException e) {
      return e;
    } catch (IOException e) {
      return new LiveException(Reason.IMPOSSIBLE, LiveFailures.firstLine(e));
    }
  }

  /**
   * Returns what stands for all interfaces where there is such a thing, on Linux; else the loopback
   * interface's name.
   */
  public static String all() throws LiveException {
    return isLinux() ? LiveOptions.ANY : loopback();
  }

  /** Returns the loopback interface's name: {@code lo} on Linux, {@code lo0} on macOS. */
  public static String loopback() throws LiveException {
    for (LiveDevice device : devices()) {
      if (device.loopback()) {
        return device.name();
      }
    }
    throw new LiveException(
        Reason.NO_DEVICE, "there is no loopback interface; name another with -i");
  }
}
