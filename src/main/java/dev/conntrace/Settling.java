package dev.conntrace;

import dev.conntrace.capture.GrowthListener;
import dev.conntrace.flow.ConnectionTracker;

/**
 * While a capture still grows, somebody watches: nothing is kept from them for long, only because
 * later packets could still change it.
 */
final class Settling implements GrowthListener {
  /** How long what is not final is kept while packets keep coming, by their time. */
  private static final long PATIENCE_NANOS = 2_000_000_000;

  private final ConnectionTracker tracker;

  Settling(ConnectionTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public void onQuiet() {
    tracker.settle(0);
  }

  @Override
  public void onBusy() {
    tracker.settle(PATIENCE_NANOS);
  }
}
