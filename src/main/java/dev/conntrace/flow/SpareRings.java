package dev.conntrace.flow;

import static dev.conntrace.flow.SendLedger.FIRST_ENTRIES;
import static dev.conntrace.flow.SendLedger.LEAST_ENTRIES;

/**
 * Small rings that ledgers of one capture have outgrown, for other ledgers to use: each short
 * connection would leave some behind, and they would make most of the garbage.
 */
final class SpareRings {
  private static final int SIZES = LEAST_ENTRIES / FIRST_ENTRIES;

  /** As many as a burst of new connections takes; more would only fill memory. */
  private static final int MOST_OF_A_SIZE = 256;

  private final long[][] rings = new long[SIZES * MOST_OF_A_SIZE][];
  private final int[] counts = new int[SIZES];

  /** Returns a ring with room for so many entries, whatever stands in it. */
  long[] take(int capacity) {
    int size = capacity / FIRST_ENTRIES;
    if (size >= SIZES || counts[size] == 0) {
      return new long[capacity * LedgerEntry.NUMBERS];
    }
    return rings[size * MOST_OF_A_SIZE + --counts[size]];
  }

  /** Takes a ring that is not used any more. */
  void give(long[] ring) {
    int size = ring.length / (FIRST_ENTRIES * LedgerEntry.NUMBERS);
    if (size > 0 && size < SIZES && counts[size] < MOST_OF_A_SIZE) {
      rings[size * MOST_OF_A_SIZE + counts[size]++] = ring;
    }
  }
}
