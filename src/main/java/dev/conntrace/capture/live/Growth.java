package dev.conntrace.capture.live;

import dev.conntrace.capture.GrowthListener;
import org.jspecify.annotations.Nullable;

/** Tells a listener of silence, once for each, and every now and then that packets keep coming. */
final class Growth {
  /** Where nothing has come for so long, nothing is kept back any longer. */
  private static final long QUIET_NANOS = 20_000_000;

  /**
   * While packets come, what they have brought is shown this often: within 100 ms it is to be
   * there.
   */
  private static final long BUSY_NANOS = 10_000_000;

  private @Nullable GrowthListener listener;
  private long lastNanos = System.nanoTime();
  private long toldNanos = lastNanos;
  private boolean toldQuiet = true;
  private int packets;

  void setListener(GrowthListener heard) {
    listener = heard;
  }

  /** A packet has come. */
  void packet() {
    toldQuiet = false;
    // A clock for each packet would cost more than the packet.
    if ((++packets & 63) != 0) {
      return;
    }
    lastNanos = System.nanoTime();
    tellBusy(lastNanos);
  }

  private void tellBusy(long now) {
    if (listener != null && now - toldNanos >= BUSY_NANOS) {
      toldNanos = now;
      listener.onBusy();
    }
  }

  /** No packet is there just now. */
  void silence() {
    if (listener != null) {
      listener.onWaiting();
    }
    if (toldQuiet) {
      return;
    }
    long now = System.nanoTime();
    if (packets != 0) {
      packets = 0;
      lastNanos = now;
      tellBusy(now);
      return;
    }
    if (now - lastNanos >= QUIET_NANOS) {
      toldQuiet = true;
      toldNanos = now;
      if (listener != null) {
        listener.onQuiet();
      }
    }
  }
}
