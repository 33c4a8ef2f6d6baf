package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;
import java.time.Instant;
import java.time.ZoneId;

/** Writes the time column, and moments in full. */
final class ClockText {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int MICRO_DIGITS = 6;

  private final TimeMode mode;
  private final long startNanos;
  private final boolean withDate;

  /**
   * Prepares to write times between {@code startNanos}, from which relative ones count, and {@code
   * endNanos}; either may be {@link SegmentFacts#NO_TIMESTAMP}.
   */
  ClockText(TimeMode mode, long startNanos, long endNanos) {
    this.mode = mode;
    this.startNanos = startNanos;
    this.withDate = isWall() && day(startNanos) != day(endNanos);
  }

  /** Returns how many columns a time needs where the last one is at {@code endNanos}. */
  int width(long endNanos) {
    int last = of(endNanos, startNanos).length();
    return mode == TimeMode.DELTA ? Math.max(last, "+0.000000".length()) : last;
  }

  /** Returns the text of the time column; empty where a time that it needs is not known. */
  String of(long nanos, long previousNanos) {
    if (nanos == SegmentFacts.NO_TIMESTAMP) {
      return "";
    }
    return switch (mode) {
      case UTC, LOCAL -> wall(nanos);
      case RELATIVE ->
          known(startNanos) ? DecimalSeconds.fixed(nanos - startNanos, MICRO_DIGITS) : "";
      case DELTA -> known(previousNanos) ? signed(nanos - previousNanos) : "";
    };
  }

  /** Returns date, time and zone: {@code 2023-11-14 22:13:20.123456 UTC}. */
  String moment(long nanos) {
    return moment(nanos, MICRO_DIGITS);
  }

  /** Returns date, time with so many decimals, and zone. */
  String moment(long nanos, int digits) {
    long offset = offsetSeconds(nanos);
    StringBuilder text = new StringBuilder(40);
    appendDate(text, day(nanos)).append(' ');
    appendTime(text, nanos + offset * NANOS_PER_SECOND, digits);
    if (mode != TimeMode.LOCAL) {
      return text.append(" UTC").toString();
    }
    long minutes = Math.abs(offset) / 60;
    text.append(offset < 0 ? " -" : " +");
    two(text, minutes / 60).append(':');
    return two(text, minutes % 60).toString();
  }

  private boolean isWall() {
    return mode == TimeMode.UTC || mode == TimeMode.LOCAL;
  }

  private static boolean known(long nanos) {
    return nanos != SegmentFacts.NO_TIMESTAMP;
  }

  private static String signed(long nanos) {
    return (nanos < 0 ? "" : "+") + DecimalSeconds.fixed(nanos, MICRO_DIGITS);
  }

  private String wall(long nanos) {
    StringBuilder text = new StringBuilder(26);
    if (withDate) {
      appendDate(text, day(nanos)).append(' ');
    }
    return appendTime(text, nanos + offsetSeconds(nanos) * NANOS_PER_SECOND, MICRO_DIGITS)
        .toString();
  }

  private static StringBuilder appendTime(StringBuilder text, long localNanos, int digits) {
    long second = Math.floorMod(Math.floorDiv(localNanos, NANOS_PER_SECOND), SECONDS_PER_DAY);
    two(text, second / 3600).append(':');
    two(text, second / 60 % 60).append(':');
    two(text, second % 60);
    // The fraction behind its "0".
    return text.append(
        DecimalSeconds.fixed(Math.floorMod(localNanos, NANOS_PER_SECOND), digits), 1, digits + 2);
  }

  /** Days since 1970-01-01 where the reader is. */
  private long day(long nanos) {
    long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND) + offsetSeconds(nanos);
    return Math.floorDiv(seconds, SECONDS_PER_DAY);
  }

  private long offsetSeconds(long nanos) {
    if (mode != TimeMode.LOCAL) {
      return 0;
    }
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND));
    return ZoneId.systemDefault().getRules().getOffset(instant).getTotalSeconds();
  }

  /**
   * Appends a date of the Gregorian calendar. By hand, because the calendar classes take longer to
   * load than a small capture takes to print. The year is counted from March, so that the leap day
   * comes last; 146,097 days are 400 years.
   */
  private static StringBuilder appendDate(StringBuilder text, long daysSince1970) {
    long days = daysSince1970 + 719_468;
    long era = Math.floorDiv(days, 146_097L);
    long dayOfEra = Math.floorMod(days, 146_097L);
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    text.append(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)).append('-');
    two(text, month).append('-');
    return two(text, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  }

  private static StringBuilder two(StringBuilder text, long number) {
    return text.append(number < 10 ? "0" : "").append(number);
  }
}
