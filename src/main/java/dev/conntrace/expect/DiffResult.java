package dev.conntrace.expect;

import java.util.List;
import java.util.Map;

/**
 * How two captures differ.
 *
 * @param differences what counts, connection by connection in the order of the first capture
 * @param uncounted how many differences there are in aspects that do not count; only what occurred
 * @param matched how many connections of one were found in the other
 * @param isComplete whether all segments were compared; of a capture with more than a comparison
 *     holds, only the totals of later connections were
 */
public record DiffResult(
    List<Difference> differences,
    Map<DiffAspect, Integer> uncounted,
    int matched,
    boolean isComplete) {
  /** Returns whether nothing that counts differs. */
  public boolean isEqual() {
    return differences.isEmpty();
  }
}
