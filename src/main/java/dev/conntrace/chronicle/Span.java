package dev.conntrace.chronicle;

/** Some round trips in a row: from where to where, and how much was on its way. */
final class Span {
  /** For those that may never hold a round trip; never changed. */
  static final Span NONE = new Span();

  long startFrame;
  long startNanos;
  long endFrame;
  long endNanos;
  long startFlight;
  long endFlight;
  long maxFlight;
  int rounds;

  boolean isEmpty() {
    return rounds == 0;
  }

  void clear() {
    rounds = 0;
  }

  /** Begins at a segment, with nothing in it yet but what is on its way now. */
  void begin(long frame, long nanos, long flight) {
    startFrame = frame;
    startNanos = nanos;
    endFrame = frame;
    endNanos = nanos;
    startFlight = flight;
    endFlight = flight;
    maxFlight = flight;
    rounds = 1;
  }

  /** Goes on to a segment with so much on its way. */
  void extend(long frame, long nanos, long flight) {
    endFrame = frame;
    endNanos = nanos;
    maxFlight = Math.max(maxFlight, flight);
  }

  /** Takes in what followed. */
  void add(Span next) {
    if (isEmpty()) {
      startFrame = next.startFrame;
      startNanos = next.startNanos;
      startFlight = next.maxFlight;
      maxFlight = 0;
    }
    endFrame = next.endFrame;
    endNanos = next.endNanos;
    endFlight = next.maxFlight;
    maxFlight = Math.max(maxFlight, next.maxFlight);
    rounds += next.rounds;
  }
}
