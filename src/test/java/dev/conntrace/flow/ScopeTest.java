package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** What a segment travels in, as a number. */
class ScopeTest {
  /** What the hash makes of a first word where there is no secret. */
  private static long mixed(long count, long word) {
    long product = (count ^ word) * 0x9E3779B97F4A7C15L;
    return product ^ product >>> 29;
  }

  @Test
  void nobodyCanChooseTunnelsWhoseHashesCollide() {
    long[] one = {1, 2};
    long[] other = {3, 2 ^ mixed(2, 1) ^ mixed(2, 3)};
    assertEquals(mixed(mixed(2, one[0]), one[1]), mixed(mixed(2, other[0]), other[1]));
    assertNotEquals(Scope.hash(one, 2), Scope.hash(other, 2));
    assertEquals(Scope.hash(one, 2), Scope.hash(one.clone(), 2));
  }
}
