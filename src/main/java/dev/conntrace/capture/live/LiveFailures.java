package dev.conntrace.capture.live;

import dev.conntrace.capture.live.LiveException.Reason;

/** What users are told when nothing can be captured: what is missing, and what to do. */
final class LiveFailures {
  private LiveFailures() {}

  static LiveException noDevice(String device) {
    String name = device.isBlank() ? "'" + device + "'" : device;
    return new LiveException(
        Reason.NO_DEVICE,
        "there is no interface " + name + "; 'conntrace interfaces' lists those there are");
  }

  static LiveException down(String device) {
    return new LiveException(
        Reason.NO_DEVICE, "interface " + device + " is down: ip link set " + device + " up");
  }

  static LiveException forbidden(String device) {
    return new LiveException(
        Reason.FORBIDDEN,
        "capturing on "
            + device
            + " needs the capability CAP_NET_RAW: run it with sudo, or grant it to one program with"
            + " 'sudo setpriv --reuid \"$USER\" --init-groups --inh-caps=+net_raw"
            + " --ambient-caps=+net_raw conntrace ...', or let tcpdump capture:"
            + " 'sudo tcpdump -U -w - -i "
            + device
            + " | conntrace -'");
  }

  static LiveException noLibpcap(String reason) {
    return new LiveException(
        Reason.IMPOSSIBLE,
        "libpcap cannot be loaded ("
            + reason
            + "); install it: 'sudo apt-get install"
            + " libpcap0.8', on Windows Npcap");
  }

  /** Messages of loaders go on for pages; a colon that led on to them goes too. */
  static String firstLine(Throwable fault) {
    String message = String.valueOf(fault.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end).strip();
    return line.endsWith(":") ? line.substring(0, line.length() - 1) : line;
  }
}
