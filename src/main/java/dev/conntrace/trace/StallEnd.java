package dev.conntrace.trace;

/** What ended a stall. */
public enum StallEnd {
  /** The receiver announced room of its own accord. */
  WINDOW_UPDATE("window-update"),

  /** Only the answer to a window probe told of the room: an update was lost, or never sent. */
  PROBE_ANSWER("probe-answer"),

  /** A RST tore the connection down. */
  RESET("reset"),

  /** The connection closed. */
  CLOSE("close"),

  /** It still lasted when the capture ended. */
  CAPTURE_END("capture-end");

  private final String id;

  StallEnd(String id) {
    this.id = id;
  }

  /** Returns the word that records use: {@code window-update}. */
  public String id() {
    return id;
  }
}
