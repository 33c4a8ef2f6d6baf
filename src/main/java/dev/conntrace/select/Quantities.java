package dev.conntrace.select;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads numbers, durations and times as people write them; a space may stand before a unit. */
public final class Quantities {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** More digits than any field has; an exponent may not ask for a number of megabytes. */
  private static final int MOST_DIGITS = 40;

  /** Seconds below this count from the start of the capture, others from 1970: early in 1973. */
  private static final BigDecimal FIRST_ABSOLUTE = BigDecimal.valueOf(100_000_000);

  private static final int DATE_LENGTH = "2026-11-21".length();

  /** A number and the letters behind it. */
  private record Measure(BigDecimal number, String unit) {}

  private Quantities() {}

  /**
   * Reads a whole number: {@code 1000}, {@code 1e6}, {@code 1.5k}, {@code 64Ki}; of bytes also
   * {@code 64 KiB}.
   *
   * @throws SelectionException if it is none
   */
  static Quantity number(String text) throws SelectionException {
    Measure measure = measure(text);
    long factor =
        measure == null
            ? 0
            : switch (measure.unit) {
              case "", "B" -> 1;
              case "k", "kB" -> 1_000;
              case "M", "MB" -> 1_000_000;
              case "G", "GB" -> 1_000_000_000;
              case "Ki", "KiB" -> 1 << 10;
              case "Mi", "MiB" -> 1 << 20;
              case "Gi", "GiB" -> 1 << 30;
              default -> 0;
            };
    if (measure != null && factor > 0) {
      try {
        BigDecimal product = measure.number.multiply(BigDecimal.valueOf(factor));
        return new Quantity(product.longValueExact(), false);
      } catch (ArithmeticException e) {
        // Said below, as for what is no number at all.
      }
    }
    throw new SelectionException(
        "'" + text + "' is no whole number: give 1000, 1e6, 1.5k or 64Ki (k M G, Ki Mi Gi)");
  }

  /**
   * Reads a duration: {@code 50ms}, {@code 1.5s}, {@code 2m}; without a unit, seconds.
   *
   * @throws SelectionException if it is none
   */
  static Quantity duration(String text) throws SelectionException {
    Measure measure = measure(text);
    Long nanos = measure == null ? null : nanos(measure);
    if (nanos == null) {
      throw new SelectionException(
          "'" + text + "' is no duration: give 50ms, 1.5s or 2m (ns us ms s m h; seconds without)");
    }
    return new Quantity(nanos, false);
  }

  /**
   * Reads a duration like {@link #duration}, and returns its nanoseconds.
   *
   * @throws SelectionException if it is none
   */
  public static long durationNanos(String text) throws SelectionException {
    return duration(text).amount();
  }

  /**
   * Reads a time: {@code 2026-11-21T05:42:01Z}, seconds since 1970, or a duration since the capture
   * began.
   *
   * @throws SelectionException if it is none
   */
  static Quantity time(String text) throws SelectionException {
    Measure measure = measure(text);
    if (measure != null) {
      Long nanos = nanos(measure);
      if (nanos != null) {
        boolean relative =
            !measure.unit.isEmpty() || measure.number.abs().compareTo(FIRST_ABSOLUTE) < 0;
        return new Quantity(nanos, relative);
      }
    }
    try {
      Instant instant = instant(text.replace(' ', 'T'));
      long seconds = Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND);
      return new Quantity(Math.addExact(seconds, instant.getNano()), false);
    } catch (DateTimeException | ArithmeticException e) {
      throw new SelectionException(
          "'"
              + text
              + "' is no time: give 2026-11-21T05:42:01Z, seconds since 1970, or 5s for five"
              + " seconds after the capture began");
    }
  }

  /**
   * Reads so many percent of an amount, the next whole number above: {@code 20 %}.
   *
   * @throws SelectionException if it is none
   */
  static long percent(String text, long amount) throws SelectionException {
    Measure measure = measure(text);
    if (measure != null && measure.unit.equals("%")) {
      BigDecimal part = measure.number.multiply(BigDecimal.valueOf(amount).abs()).movePointLeft(2);
      try {
        return part.setScale(0, RoundingMode.CEILING).longValueExact();
      } catch (ArithmeticException e) {
        // Said below, as for what is no number at all.
      }
    }
    throw new SelectionException("'" + text + "' is no part of a value: give for instance 20 %");
  }

  /** Without a zone it is UTC, as in records. */
  private static Instant instant(String text) {
    String full = text.length() == DATE_LENGTH ? text + "T00:00" : text;
    int zone = Math.max(full.lastIndexOf('+'), full.lastIndexOf('-'));
    return full.endsWith("Z") || zone >= DATE_LENGTH
        ? OffsetDateTime.parse(full).toInstant()
        : LocalDateTime.parse(full).toInstant(ZoneOffset.UTC);
  }

  /** Returns the nanoseconds, the next whole one; null if the unit is none of time. */
  private static @Nullable Long nanos(Measure measure) {
    long factor =
        switch (measure.unit) {
          case "ns" -> 1;
          case "us" -> 1_000;
          case "ms" -> 1_000_000;
          case "", "s" -> NANOS_PER_SECOND;
          case "m" -> 60 * NANOS_PER_SECOND;
          case "h" -> 3600 * NANOS_PER_SECOND;
          default -> 0;
        };
    if (factor == 0) {
      return null;
    }
    try {
      return measure
          .number
          .multiply(BigDecimal.valueOf(factor))
          .setScale(0, RoundingMode.HALF_UP)
          .longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Measure measure(String text) {
    int end = 0;
    while (end < text.length() && isOfNumber(text, end)) {
      end++;
    }
    try {
      BigDecimal number = new BigDecimal(text.substring(0, end));
      boolean sane =
          Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
      return sane ? new Measure(number, text.substring(end).strip()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isOfNumber(String text, int index) {
    char c = text.charAt(index);
    if ((c >= '0' && c <= '9') || c == '.' || c == '+' || c == '-') {
      return true;
    }
    boolean exponent = (c == 'e' || c == 'E') && index > 0 && index + 1 < text.length();
    return exponent && "+-0123456789".indexOf(text.charAt(index + 1)) >= 0;
  }
}
