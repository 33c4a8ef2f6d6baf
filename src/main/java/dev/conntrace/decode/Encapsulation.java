package dev.conntrace.decode;

import org.jspecify.annotations.Nullable;

/**
 * Notes what a packet travels in, outermost first, and puts it into words only where they are asked
 * for.
 */
final class Encapsulation {
  /** What lies deeper than this is followed but not named. */
  static final int MAX_NAMED = 8;

  private static final long WITHOUT_NUMBER = -1;

  private final Carrier[] carriers = new Carrier[MAX_NAMED];
  private final long[] numbers = new long[MAX_NAMED];
  private int count;

  void clear() {
    count = 0;
  }

  void add(Carrier carrier) {
    add(carrier, WITHOUT_NUMBER);
  }

  /**
   * Notes a carrier with the number by which it tells its networks, sessions or labels apart, raw
   * 32 bits.
   */
  void add(Carrier carrier, int number) {
    add(carrier, Integer.toUnsignedLong(number));
  }

  private void add(Carrier carrier, long number) {
    if (count < MAX_NAMED) {
      carriers[count] = carrier;
      numbers[count] = number;
    }
    count++;
  }

  /** Returns the names with their numbers, joined by commas; null if there are none. */
  @Nullable String inWords() {
    if (count == 0) {
      return null;
    }
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < Math.min(count, MAX_NAMED); i++) {
      words.append(i == 0 ? "" : ", ").append(carriers[i].label);
      if (numbers[i] != WITHOUT_NUMBER) {
        words.append(' ').append(numbers[i]);
      }
    }
    return count > MAX_NAMED ? words.append(", …").toString() : words.toString();
  }
}
