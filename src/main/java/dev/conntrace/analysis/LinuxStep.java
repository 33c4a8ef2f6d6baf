package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;

/**
 * Where Linux starts when it takes addresses and ports over out of TIME_WAIT: a whole unscaled
 * window and two numbers above the last one, so that the new connection cannot be mistaken for the
 * old one.
 */
final class LinuxStep {
  private static final int STEP = 65_537;

  private LinuxStep() {}

  /** Returns the initial sequence number that would follow what {@code before} sent. */
  static int above(Endpoint before) {
    return before.base() + (int) before.nxt() + STEP;
  }
}
