package dev.conntrace.flow;

/**
 * The keep-alives and zero-window probes of one endpoint: how many in a row, how far apart, and
 * whether the last one was answered.
 */
public final class Probing {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final Probing NONE = new Probing();

  /** Who is asked for its window answers at once; hosts are a little late at times. */
  private static final long LATE_NANOS = 50_000_000;

  /** Of a connection whose round trips nothing tells. */
  private static final long UNKNOWN_ROUND_TRIP_NANOS = 500_000_000;

  private int keepAlives;
  private int windowProbes;
  private long lastFrame;
  private long lastTimeNanos;
  private long intervalNanos;
  private boolean lastWasWindowProbe;
  private boolean answered = true;
  private long answerNanos = Long.MIN_VALUE;

  void keepAlive(FlowSegment segment) {
    keepAlives = answered ? 1 : keepAlives + 1;
    sent(segment, false);
  }

  void windowProbe(FlowSegment segment) {
    windowProbes++;
    sent(segment, true);
  }

  private void sent(FlowSegment segment, boolean windowProbe) {
    intervalNanos = lastFrame == 0 ? 0 : segment.timeNanos() - lastTimeNanos;
    lastWasWindowProbe = windowProbe;
    lastFrame = segment.frame();
    lastTimeNanos = segment.timeNanos();
    answered = false;
  }

  /** The other side sent something: whatever it was, it is there. */
  void answer(long timeNanos) {
    answered = true;
    answerNanos = timeNanos;
  }

  /** The window opened: the next probe starts a new series. */
  void endWindowProbes() {
    windowProbes = 0;
  }

  /**
   * Returns whether a segment to this endpoint can be the answer to a window probe of it: what
   * comes long after tells the window of its own accord.
   */
  public boolean isWindowProbeAnsweredBy(FlowSegment segment) {
    if (answered || !lastWasWindowProbe) {
      return false;
    }
    long least = Viewpoint.leastRoundTripNanos(segment.receiver(), segment.connection());
    long roundTrip = least == 0 ? UNKNOWN_ROUND_TRIP_NANOS : 2 * least;
    return segment.timeNanos() - lastTimeNanos <= roundTrip + LATE_NANOS;
  }

  /** Returns how many keep-alives in a row have not been answered. */
  public int unansweredKeepAlives() {
    return answered ? 0 : keepAlives;
  }

  /** Returns how many probes this stall has seen. */
  public int windowProbes() {
    return windowProbes;
  }

  public boolean isAwaitingAnswer() {
    return !answered;
  }

  public boolean lastWasWindowProbe() {
    return lastWasWindowProbe;
  }

  /** Returns the frame of the last probe or keep-alive; 0 if there was none. */
  public long lastFrame() {
    return lastFrame;
  }

  public long lastTimeNanos() {
    return lastTimeNanos;
  }

  /** Returns how long after the one before it the last one came; 0 if it was the first. */
  public long intervalNanos() {
    return intervalNanos;
  }

  /**
   * Returns whether the last one came less than {@code nanos} after the answer to the one before
   * it.
   */
  public boolean lastFollowedAnswerWithin(long nanos) {
    return answerNanos != Long.MIN_VALUE && lastTimeNanos - answerNanos < nanos;
  }
}
