package dev.conntrace.flow;

/** Since when a receiver had no room, and when it made some: few ever say that they are full. */
final class ZeroWindow {
  /** Of a receiver that always had room; never changed. */
  static final ZeroWindow NONE = new ZeroWindow();

  private long sinceNanos;
  private long frame;
  private long openedNanos;
  private long openedFrame;

  /** There is no room from here on. */
  void close(long closingFrame, long timeNanos) {
    frame = closingFrame;
    sinceNanos = timeNanos;
  }

  /** There is room again. */
  void open(long openingFrame, long timeNanos) {
    frame = 0;
    openedFrame = openingFrame;
    openedNanos = timeNanos;
  }

  /** There is room again, and nobody knows since when. */
  void forget() {
    frame = 0;
  }

  /** Returns the frame that first said that there is no room; 0 if there is some. */
  long frame() {
    return frame;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /** Returns the frame that made room last after there had been none; 0 if that never was. */
  long openedFrame() {
    return openedFrame;
  }

  long openedNanos() {
    return openedNanos;
  }
}
