package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterfaceClockTest {
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final long SEED = 20_260_101;

  private static long exactly(int resolution, long ticks) {
    int exponent = resolution & 0x7F;
    BigInteger ticksPerSecond =
        (resolution & 0x80) == 0
            ? BigInteger.TEN.pow(exponent)
            : BigInteger.ONE.shiftLeft(exponent);
    return new BigInteger(Long.toUnsignedString(ticks))
        .multiply(NANOS_PER_SECOND)
        .divide(ticksPerSecond)
        .min(MAX)
        .longValueExact();
  }

  @Test
  void isExactForEveryResolution() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int resolution = 0; resolution < 256; resolution++) {
      InterfaceClock clock = InterfaceClock.of(resolution, 0);
      for (int round = 0; round < 500; round++) {
        long ticks = random.nextLong() >>> random.nextInt(64);
        assertEquals(
            exactly(resolution, ticks),
            clock.nanos(ticks),
            () -> "ticks " + Long.toUnsignedString(ticks) + ", seed " + SEED);
      }
      assertEquals(0, clock.nanos(0));
      assertEquals(exactly(resolution, -1), clock.nanos(-1));
      assertEquals(exactly(resolution, Long.MIN_VALUE), clock.nanos(Long.MIN_VALUE));
    }
  }

  @Test
  void countsMicrosecondsUnlessTold() {
    assertEquals(1_700_000_000_123_456_000L, InterfaceClock.MICROSECONDS.nanos(1700000000123456L));
  }

  @Test
  void roundsDownToWholeNanoseconds() {
    assertEquals(1, InterfaceClock.of(12, 0).nanos(1999));
    assertEquals(999_999_999, InterfaceClock.of(0x80 | 32, 0).nanos(0xFFFFFFFFL));
  }

  @Test
  void addsTheOffset() {
    assertEquals(10_000_000_007L, InterfaceClock.of(9, 10).nanos(7));
    assertEquals(-9_999_999_993L, InterfaceClock.of(9, -10).nanos(7));
  }

  @Test
  void staysAtTheEndsOfWhatNanosecondsCanHold() {
    assertEquals(Long.MAX_VALUE, InterfaceClock.of(0, 0).nanos(-1));
    assertEquals(Long.MAX_VALUE, InterfaceClock.of(9, Long.MAX_VALUE).nanos(Long.MAX_VALUE));
    assertEquals(-9_223_372_036_000_000_000L, InterfaceClock.of(9, Long.MIN_VALUE).nanos(0));
  }
}
