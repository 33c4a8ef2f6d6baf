package dev.conntrace.capture.live;

import dev.conntrace.capture.live.LiveException.Reason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** What is asked of libpcap beside packets. */
final class Libpcap {
  private static final int NO_SUCH_DEVICE = -5;
  private static final int PERMISSION_DENIED = -8;
  private static final int NOT_UP = -9;
  private static final int PROMISCUOUS_DENIED = -11;

  /** libpcap's own number for raw IP on Linux, and that of capture files. */
  private static final int DLT_RAW = 12;

  private static final int LINKTYPE_RAW = 101;

  private static @Nullable String missing;
  private static boolean tried;

  private Libpcap() {}

  /**
   * Returns why libpcap cannot be used, in a few words; null if it can. It is loaded by the first
   * call, and only what that throws has the reason.
   */
  static synchronized @Nullable String missing() {
    if (!tried) {
      tried = true;
      try {
        Pcaps.libVersion();
      } catch (LinkageError e) {
        missing = LiveFailures.firstLine(e);
      }
    }
    return missing;
  }

  static String version() {
    return Pcaps.libVersion();
  }

  /** Returns both conditions as one; either may be empty or null. */
  static String join(String one, @Nullable String other) {
    if (other == null || other.isBlank()) {
      return one;
    }
    return one.isEmpty() ? other : one + " and (" + other + ")";
  }

  static LiveException failure(String device, PcapNativeException fault) {
    Integer code = fault.getReturnCode();
    String message = LiveFailures.firstLine(fault);
    if (code != null && (code == PERMISSION_DENIED || code == PROMISCUOUS_DENIED)) {
      return LiveFailures.forbidden(device);
    }
    if (code != null && code == NO_SUCH_DEVICE) {
      return LiveFailures.noDevice(device);
    }
    if (code != null && code == NOT_UP) {
      return LiveFailures.down(device);
    }
    return new LiveException(Reason.IMPOSSIBLE, "cannot capture on " + device + ": " + message);
  }

  /** Returns the number of a link type in capture files, by libpcap's own number. */
  static int linkType(int number) {
    return number == DLT_RAW ? LINKTYPE_RAW : number;
  }

  static List<LiveDevice> devices() throws LiveException {
    try {
      List<LiveDevice> devices = new ArrayList<>();
      for (PcapNetworkInterface found : Pcaps.findAllDevs()) {
        List<InetAddress> addresses = new ArrayList<>();
        for (PcapAddress address : found.getAddresses()) {
          if (address.getAddress() != null) {
            addresses.add(address.getAddress());
          }
        }
        String description = found.getDescription();
        devices.add(
            new LiveDevice(
                found.getName(),
                description == null ? "" : description,
                addresses,
                found.isLoopBack(),
                found.isUp()));
      }
      return devices;
    } catch (PcapNativeException e) {
      throw new LiveException(
          Reason.IMPOSSIBLE, "cannot list interfaces: " + LiveFailures.firstLine(e));
    }
  }
}
