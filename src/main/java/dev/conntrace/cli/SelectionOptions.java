package dev.conntrace.cli;

import static dev.conntrace.cli.OptionSpecs.value;
import static dev.conntrace.cli.OptionSpecs.values;
import static dev.conntrace.cli.OptionSpecs.valuesOf;

import dev.conntrace.select.AnnotationNames;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.SegmentRange;
import dev.conntrace.select.SelectionException;
import dev.conntrace.select.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say which connections are wanted. */
final class SelectionOptions {
  private static final String WHERE = "--where";

  private SelectionOptions() {}

  /**
   * Adds the options to a command.
   *
   * @param with what {@code --with} means for it
   */
  static void define(CommandSpec spec, String with) {
    spec.addOption(
        values(
                "N",
                "Only the connection of this number; also 1,4 or 7-9. Values of one selection"
                    + " option are alternatives; different options must all hold.",
                "--connection")
            .build());
    spec.addOption(
        values(
                "ADDRESS",
                "Only with this client: address, port or both, as in 10.0.0.1:80 or [::1]:80.",
                "--client")
            .build());
    spec.addOption(values("ADDRESS", "Only with this server.", "--server").build());
    spec.addOption(values("PORT", "Only with this port on either side.", "--port").build());
    spec.addOption(
        values("ANNOTATION", with, "--with").completionCandidates(AnnotationNames.all()).build());
    spec.addOption(
        value(
                "EXPR",
                "Only where an expression over the fields of the records holds:"
                    + " 'closed == reset and from_client.bytes > 1k', 'rtt.median > 50ms or"
                    + " flags has R'; see 'conntrace explain where'.",
                WHERE)
            .build());
  }

  /**
   * Adds the options that narrow it to segments of a part of the capture.
   *
   * @param what what then is left of a connection
   */
  static void defineRange(CommandSpec spec, String what) {
    spec.addOption(
        values("N", "Only frames of these numbers: 10-20,30. " + what, "--frames").build());
    spec.addOption(
        values(
                "TIME",
                "Only from this time on: 2026-11-21T05:42:01Z, seconds since 1970, or 5s for five"
                    + " seconds after the capture began.",
                "--since")
            .build());
    spec.addOption(values("TIME", "Only up to this time.", "--until").build());
  }

  /** Adds the option that narrows it to segments of one sender. */
  static void defineSide(CommandSpec spec) {
    spec.addOption(
        values("SIDE", "Only segments that this side sent: client or server.", "--side")
            .completionCandidates(List.of("client", "server"))
            .build());
  }

  /** Reads the options of a command back that chooses connections. */
  static ConnectionSelection ofConnections(ParseResult words) throws UsageException {
    return of(words, false);
  }

  /** Reads the options of a command back that chooses segments. */
  static ConnectionSelection ofSegments(ParseResult words) throws UsageException {
    return of(words, true);
  }

  private static ConnectionSelection of(ParseResult words, boolean choosesSegments)
      throws UsageException {
    try {
      ConnectionSelection selection =
          new ConnectionSelection(
              valuesOf(words, "--connection"),
              valuesOf(words, "--client"),
              valuesOf(words, "--server"),
              valuesOf(words, "--port"),
              valuesOf(words, "--with"));
      SegmentRange range =
          new SegmentRange(
              valuesOf(words, "--frames"),
              valuesOf(words, "--side"),
              valuesOf(words, "--since"),
              valuesOf(words, "--until"));
      return selection.narrow(where(words, choosesSegments), range, choosesSegments);
    } catch (SelectionException e) {
      throw new UsageException(e);
    }
  }

  private static @Nullable Where where(ParseResult words, boolean choosesSegments)
      throws UsageException {
    if (!words.hasMatchedOption(WHERE)) {
      return null;
    }
    String expression = OptionSpecs.valueOf(words, WHERE, "");
    try {
      return choosesSegments ? Where.ofPackets(expression) : Where.ofConnections(expression);
    } catch (SelectionException e) {
      throw new UsageException(WHERE + ": " + e.getMessage());
    }
  }
}
