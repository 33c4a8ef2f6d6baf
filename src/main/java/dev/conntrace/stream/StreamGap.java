package dev.conntrace.stream;

/**
 * Positions of a stream whose bytes the capture does not hold.
 *
 * @param stream whose
 * @param start the first position
 * @param end the position after the last
 * @param reason why they are missing
 * @param frame where the reason is {@link Reason#SNAPPED}: the frame that was cut short; else 0
 * @param acknowledgedFrame the frame in which the other side acknowledged all of them, and so had
 *     them; 0 if none did
 * @param givenUpEarly whether a bound was reached, so that a later copy was not waited for
 * @param mayIncludeFin whether the last position may be the FIN's: what ends the stream was not
 *     captured
 */
public record StreamGap(
    StreamId stream,
    long start,
    long end,
    Reason reason,
    long frame,
    long acknowledgedFrame,
    boolean givenUpEarly,
    boolean mayIncludeFin) {

  /** Why bytes are missing. */
  public enum Reason {
    /** No segment with them is in the capture. */
    NOT_CAPTURED("not-captured"),
    /** A segment with them is, but it was cut short when it was captured. */
    SNAPPED("snapped");

    private final String id;

    Reason(String id) {
      this.id = id;
    }

    /** Returns the word that records use. */
    public String id() {
      return id;
    }
  }

  /** Returns how many bytes are missing. */
  public long length() {
    return end - start;
  }
}
