package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RangeSetTest {
  private final RangeSet set = new RangeSet();

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < set.count(); i++) {
      text.append(set.left(i)).append('-').append(set.right(i)).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void keepsRangesApartAndSorted() {
    set.add(30, 40);
    set.add(10, 20);
    assertEquals("10-20 30-40", text());
  }

  @Test
  void joinsRangesThatTouchOrOverlap() {
    set.add(10, 20);
    set.add(30, 40);
    set.add(20, 25);
    assertEquals("10-25 30-40", text());
    set.add(24, 30);
    assertEquals("10-40", text());
    set.add(5, 60);
    assertEquals("5-60", text());
  }

  @Test
  void forgetsWhatLiesBelow() {
    set.add(10, 20);
    set.add(30, 40);
    set.removeBelow(20);
    assertEquals("30-40", text());
    set.removeBelow(35);
    assertEquals("35-40", text());
    set.removeBelow(100);
    assertEquals(0, set.count());
  }

  @Test
  void countsWhatIsShared() {
    set.add(10, 20);
    set.add(30, 40);
    assertEquals(0, set.overlap(20, 30));
    assertEquals(10, set.overlap(15, 35));
    assertEquals(20, set.overlap(0, 100));
    assertEquals(1, set.overlap(39, 40));
  }

  @Test
  void behavesLikeASetOfBits() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    BitSet bits = new BitSet();
    for (int i = 0; i < 2000; i++) {
      int from = random.nextInt(500);
      int to = from + 1 + random.nextInt(20);
      if (random.nextInt(50) == 0) {
        set.removeBelow(from);
        bits.clear(0, from);
      } else {
        set.add(from, to);
        bits.set(from, to);
      }
      int left = random.nextInt(500);
      int right = left + random.nextInt(100);
      assertEquals(bits.get(left, right).cardinality(), set.overlap(left, right), "seed " + seed);
      assertSorted(seed);
    }
  }

  private void assertSorted(long seed) {
    for (int i = 1; i < set.count(); i++) {
      assertTrue(set.right(i - 1) < set.left(i), "seed " + seed + ": " + text());
    }
  }
}
