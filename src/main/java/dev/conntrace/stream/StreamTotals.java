package dev.conntrace.stream;

/**
 * What one side's stream came to.
 *
 * @param bytes how many were delivered
 * @param gaps how many gaps it has
 * @param missingBytes how many bytes are missing in them
 * @param conflicts how many contradictions were found
 * @param notComparedBytes how many bytes came again when the first copy was no longer held
 * @param asideBytes how many captured bytes were left out
 * @param boundsReached how often a gap was given up early or bytes were let go because of a bound
 * @param finished whether the side's FIN was seen
 */
public record StreamTotals(
    long bytes,
    long gaps,
    long missingBytes,
    long conflicts,
    long notComparedBytes,
    long asideBytes,
    long boundsReached,
    boolean finished) {
  /** A stream of which nothing was seen, or that was not wanted. */
  public static final StreamTotals NONE = new StreamTotals(0, 0, 0, 0, 0, 0, 0, false);
}
