package dev.conntrace.cli;

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
        + "\nlibpcap not used\n";
  }
}
