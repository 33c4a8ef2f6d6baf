package dev.conntrace.capture;

/** Hears how a capture comes in that is still being written: between packets, where it is read. */
public interface GrowthListener {
  /** Nothing has come for a while: what waits for later packets may wait for long. */
  void onQuiet();

  /** Told every now and then while packets keep coming. */
  void onBusy();

  /** Told some times a second while nothing comes. */
  default void onWaiting() {}
}
