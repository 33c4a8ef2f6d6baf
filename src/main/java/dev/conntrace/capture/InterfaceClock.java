package dev.conntrace.capture;

/**
 * Turns one pcapng interface's timestamps into nanoseconds since 1970 (draft-ietf-opsawg-pcapng
 * 4.2, if_tsresol and if_tsoffset).
 *
 * <p>Exact, rounded down to whole nanoseconds, for every resolution. What a 64-bit count of
 * nanoseconds cannot hold (after the year 2262, before 1678) becomes the nearest value that it can.
 */
final class InterfaceClock {
  /** What an interface without options has: microseconds since 1970. */
  static final InterfaceClock MICROSECONDS = of(6, 0);

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int NANOSECOND_DIGITS = 9;
  private static final int POWER_OF_TWO = 0x80;
  private static final int EXPONENT = 0x7F;

  /** The largest power of ten in 64 bits, unsigned, is 10^19. */
  private static final int MAX_DIGITS = NANOSECOND_DIGITS + 19;

  private static final long MAX_OFFSET_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND;

  private enum Scale {
    MULTIPLY,
    DIVIDE,
    SHIFT
  }

  private final Scale scale;
  private final long factor;
  private final long maxTicks;
  private final int shiftBits;
  private final long offsetNanos;

  private InterfaceClock(Scale scale, long factor, int shiftBits, long offsetNanos) {
    this.scale = scale;
    this.factor = factor;
    this.maxTicks = scale == Scale.MULTIPLY ? Long.MAX_VALUE / factor : 0;
    this.shiftBits = shiftBits;
    this.offsetNanos = offsetNanos;
  }

  /**
   * Returns the clock of an interface.
   *
   * @param resolution the if_tsresol byte: a tick is 10^-n seconds, or 2^-n if the highest bit is
   *     set
   * @param offsetSeconds if_tsoffset, what to add to every timestamp
   */
  static InterfaceClock of(int resolution, long offsetSeconds) {
    long offsetNanos =
        Math.max(-MAX_OFFSET_SECONDS, Math.min(offsetSeconds, MAX_OFFSET_SECONDS))
            * NANOS_PER_SECOND;
    int exponent = resolution & EXPONENT;
    if ((resolution & POWER_OF_TWO) != 0) {
      return new InterfaceClock(Scale.SHIFT, 1, exponent, offsetNanos);
    }
    if (exponent <= NANOSECOND_DIGITS) {
      long nanosPerTick = powerOfTen(NANOSECOND_DIGITS - exponent);
      return new InterfaceClock(Scale.MULTIPLY, nanosPerTick, 0, offsetNanos);
    }
    if (exponent <= MAX_DIGITS) {
      long ticksPerNano = powerOfTen(exponent - NANOSECOND_DIGITS);
      return new InterfaceClock(Scale.DIVIDE, ticksPerNano, 0, offsetNanos);
    }
    // So fine that 2^64 ticks are less than a nanosecond: so are they with the finest power of two.
    return new InterfaceClock(Scale.SHIFT, 1, EXPONENT, offsetNanos);
  }

  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  /**
   * Returns a timestamp in nanoseconds since 1970; never {@link Packet#NO_TIMESTAMP}.
   *
   * @param ticks the two halves of the block's timestamp as one unsigned number
   */
  long nanos(long ticks) {
    long sum = scaled(ticks) + offsetNanos;
    // The scaled value is never negative, so that the sum can only have passed the upper end.
    return sum < 0 && offsetNanos >= 0 ? Long.MAX_VALUE : sum;
  }

  private long scaled(long ticks) {
    return switch (scale) {
      case MULTIPLY -> ticks >= 0 && ticks <= maxTicks ? ticks * factor : Long.MAX_VALUE;
      case DIVIDE -> Long.divideUnsigned(ticks, factor);
      case SHIFT -> shifted(ticks);
    };
  }

  /** Divides the 128-bit product of ticks and nanoseconds per second by 2^n. */
  private long shifted(long ticks) {
    long low = ticks * NANOS_PER_SECOND;
    long high = Math.multiplyHigh(ticks, NANOS_PER_SECOND);
    if (ticks < 0) {
      // multiplyHigh took the unsigned ticks for a number 2^64 smaller.
      high += NANOS_PER_SECOND;
    }
    if (shiftBits >= Long.SIZE) {
      return high >>> (shiftBits - Long.SIZE);
    }
    boolean fits = high >>> shiftBits == 0;
    long nanos = shiftBits == 0 ? low : high << (Long.SIZE - shiftBits) | low >>> shiftBits;
    return fits && nanos >= 0 ? nanos : Long.MAX_VALUE;
  }
}
