package dev.conntrace.cli;

import dev.conntrace.capture.live.LiveCapture;

/** What {@code --version} prints: this program, and what it runs on. */
final class Version {
  private Version() {}

  static String text() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "conntrace "
        + (version == null ? "(not from a jar)" : version)
        + "\nJDK "
        + System.getProperty("java.runtime.version")
        + " ("
        + System.getProperty("java.vendor")
        + ") on "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", "
        + System.getProperty("os.arch")
        + "\n"
        + Messages.printable(LiveCapture.libpcap())
        + "\n";
  }
}
