package dev.conntrace.flow;

import static dev.conntrace.flow.SendLedger.LEAST_ENTRIES;

/**
 * Small rings that ledgers of one capture have outgrown, for other ledgers to use: each short
 * connection would leave some behind, and they would make most of the garbage.
 */
final class SpareRings {
  /** For a SYN that nobody answers, or what a side sends that only acknowledges. */
  private static final int FIRST_ENTRIES = 2;

  /** The sizes after that are multiples of this. */
  private static final int FEW_ENTRIES = 4;

  private static final int SIZES = LEAST_ENTRIES / FEW_ENTRIES;

  /** As many as a burst of new connections takes; more would only fill memory. */
  private static final int MOST_OF_A_SIZE = 256;

  private static final long[] NOTHING = {};

  private final long[][] rings = new long[SIZES * MOST_OF_A_SIZE][];
  private final int[] counts = new int[SIZES];

  /** Returns how many entries a ring has that is to replace a small one; 0 stands for none yet. */
  static int wider(int capacity) {
    return capacity + (capacity < FEW_ENTRIES ? FIRST_ENTRIES : FEW_ENTRIES);
  }

  /**
   * Returns a ring, whatever stands in it.
   *
   * @param capacity for how many entries: {@link #wider} than some other, or more
   */
  long[] take(int capacity) {
    int size = capacity / FEW_ENTRIES;
    if (size >= SIZES || counts[size] == 0) {
      return new long[capacity * LedgerEntry.NUMBERS];
    }
    int at = size * MOST_OF_A_SIZE + --counts[size];
    long[] ring = rings[at];
    rings[at] = NOTHING;
    return ring;
  }

  /** Takes a ring that is not used any more. */
  void give(long[] ring) {
    int size = ring.length / (FEW_ENTRIES * LedgerEntry.NUMBERS);
    if (ring.length > 0 && size < SIZES && counts[size] < MOST_OF_A_SIZE) {
      rings[size * MOST_OF_A_SIZE + counts[size]++] = ring;
    }
  }
}
