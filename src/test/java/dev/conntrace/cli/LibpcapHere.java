package dev.conntrace.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conntrace.capture.live.LiveCapture;

/** Whether the tests can go through libpcap; all others must pass without it. */
final class LibpcapHere {
  private LibpcapHere() {}

  static boolean isInstalled() {
    return !LiveCapture.libpcap().startsWith("no libpcap");
  }

  /** Skips a test that asks for libpcap where there is none. */
  static void requireFor(String way) {
    assumeTrue(
        !way.equals("libpcap") || isInstalled(),
        () -> "SKIPPED, libpcap is not installed here: " + LiveCapture.libpcap());
  }
}
