package dev.conntrace.cli;

import static dev.conntrace.cli.OptionSpecs.flag;
import static dev.conntrace.cli.OptionSpecs.value;

import dev.conntrace.TracerOptions;
import dev.conntrace.render.TimeMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that all commands share.
 *
 * @param format how results are printed
 * @param color when to colour
 * @param time what the time column counts
 * @param width columns for text; 0 where it was not given
 * @param tracer how to follow connections
 * @param isPaged whether long output may go through a pager
 * @param quiet whether to keep notes and progress to oneself
 * @param showsTraces whether a fault shows its stack trace
 */
record CommonOptions(
    Format format,
    ColorChoice color,
    TimeMode time,
    int width,
    TracerOptions tracer,
    boolean isPaged,
    boolean quiet,
    boolean showsTraces) {

  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000);
  private static final int NANO_DIGITS = 9;

  /** Adds the options to a command. */
  static void define(CommandSpec spec) {
    spec.addOption(
        value(
                "FORMAT",
                "How to print: text (default), ndjson (one JSON object a line) or, for connections"
                    + " and packets, csv.",
                "--format")
            .completionCandidates(Format.ids())
            .build());
    spec.addOption(
        value(
                "TIME",
                "What times in text count: utc, local, relative (since the connection's start,"
                    + " in packets since the capture's first segment;"
                    + " default) or delta (since the line before).",
                "--time")
            .completionCandidates(List.of("utc", "local", "relative", "delta"))
            .build());
    spec.addOption(
        value(
                "SECONDS",
                "How long TIME_WAIT is expected to last (default 60, as on Linux).",
                "--time-wait")
            .build());
    spec.addOption(KeyOption.spec());
    spec.addOption(
        value(
                "WHEN",
                "When to colour text: auto (default), always or never. Auto asks NO_COLOR, then"
                    + " FORCE_COLOR, then whether standard output is a terminal.",
                "--color")
            .completionCandidates(List.of("auto", "always", "never"))
            .build());
    spec.addOption(
        value(
                "N",
                "Columns for text (default: the terminal's, else COLUMNS, else 80; to a file or"
                    + " pipe COLUMNS, else 100).",
                "--width")
            .build());
    spec.addOption(
        flag(
                "Print straight to the terminal, not through CONNTRACE_PAGER, PAGER or less.",
                "--no-pager")
            .build());
    spec.addOption(flag("No notes and no progress on standard error.", "-q", "--quiet").build());
    spec.addOption(flag("Print the stack trace of a fault.", "--debug").hidden(true).build());
  }

  /** Reads the options back. */
  static CommonOptions of(ParseResult words, Surroundings surroundings) throws UsageException {
    return new CommonOptions(
        Format.parse(OptionSpecs.valueOf(words, "--format", "text")),
        ColorChoice.parse(OptionSpecs.valueOf(words, "--color", "auto")),
        time(OptionSpecs.valueOf(words, "--time", "relative")),
        words.hasMatchedOption("--width") ? width(OptionSpecs.valueOf(words, "--width", "")) : 0,
        tracer(words),
        !OptionSpecs.isGiven(words, "--no-pager")
            && !Following.isGiven(words)
            && !LiveSettings.areDefined(words),
        OptionSpecs.isGiven(words, "-q"),
        OptionSpecs.isGiven(words, "--debug") || surroundings.variable("CONNTRACE_DEBUG") != null);
  }

  /** Returns whether records go out as NDJSON. */
  boolean isNdjson() {
    return format == Format.NDJSON;
  }

  private static TimeMode time(String name) throws UsageException {
    return switch (name) {
      case "utc" -> TimeMode.UTC;
      case "local" -> TimeMode.LOCAL;
      case "relative" -> TimeMode.RELATIVE;
      case "delta" -> TimeMode.DELTA;
      default ->
          throw new UsageException("--time is utc, local, relative or delta, not '" + name + "'");
    };
  }

  private static int width(String text) throws UsageException {
    return positive("--width", text);
  }

  /** Returns the number that an option was given. */
  static int positive(String option, String text) throws UsageException {
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is not positive.
    }
    throw new UsageException(option + " is a whole number from 1, not '" + text + "'");
  }

  private static TracerOptions tracer(ParseResult words) throws UsageException {
    TracerOptions options = TracerOptions.DEFAULT;
    if (words.hasMatchedOption("--time-wait")) {
      long nanos = nanos("--time-wait", OptionSpecs.valueOf(words, "--time-wait", ""));
      options = new TracerOptions(Duration.ofNanos(nanos), options.maxConnections());
    }
    return options.keyedBy(KeyOption.of(words));
  }

  /** Returns the seconds that an option was given, in nanoseconds. */
  static long nanos(String option, String seconds) throws UsageException {
    try {
      BigDecimal number = new BigDecimal(seconds);
      if (number.signum() >= 0 && number.compareTo(MOST_SECONDS) <= 0) {
        return number.movePointRight(NANO_DIGITS).longValue();
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new UsageException(option + " is a number of seconds, not '" + seconds + "'");
  }
}
