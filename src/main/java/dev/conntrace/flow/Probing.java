package dev.conntrace.flow;

/**
 * The keep-alives and zero-window probes of one endpoint: how many in a row, and whether the last
 * one was answered.
 */
public final class Probing {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final Probing NONE = new Probing();

  private int keepAlives;
  private int windowProbes;
  private long lastFrame;
  private long lastTimeNanos;
  private boolean lastWasWindowProbe;
  private boolean answered = true;

  void keepAlive(FlowSegment segment) {
    keepAlives = answered ? 1 : keepAlives + 1;
    sent(segment, false);
  }

  void windowProbe(FlowSegment segment) {
    windowProbes++;
    sent(segment, true);
  }

  private void sent(FlowSegment segment, boolean windowProbe) {
    lastWasWindowProbe = windowProbe;
    lastFrame = segment.frame();
    lastTimeNanos = segment.timeNanos();
    answered = false;
  }

  /** The other side sent something: whatever it was, it is there. */
  void answer() {
    answered = true;
  }

  /** The window opened: the next probe starts a new series. */
  void endWindowProbes() {
    windowProbes = 0;
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
}
