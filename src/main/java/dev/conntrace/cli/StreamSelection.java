package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Settles which connections' streams are wanted before the first byte is printed. Where numbers
 * alone were named that takes nothing; else the capture is read once more for it.
 */
final class StreamSelection {
  private static final int MOST_NAMED = 10;
  private static final String BY_NUMBER = "--connection";

  private final ConnectionSelection selection;
  private final boolean byNumber;
  private final boolean onlyOne;
  private final boolean merged;

  /** Reads the selection options. */
  StreamSelection(ParseResult words) throws UsageException {
    selection = SelectionOptions.ofConnections(words);
    byNumber = isByNumber(words);
    merged = Captures.isMerged(words);
    onlyOne = byNumber && namesOne(OptionSpecs.valuesOf(words, BY_NUMBER));
  }

  /** Returns whether the connections are those of all FILEs as one capture. */
  boolean isMerged() {
    return merged;
  }

  ConnectionSelection asked() {
    return selection;
  }

  private static boolean isByNumber(ParseResult words) {
    CommandSpec options = CommandSpec.create();
    SelectionOptions.define(options, "");
    for (OptionSpec option : options.options()) {
      String name = option.longestName();
      if (!name.equals(BY_NUMBER) && words.hasMatchedOption(name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean namesOne(List<String> numbers) {
    return numbers.size() == 1
        && numbers.get(0).indexOf(',') < 0
        && numbers.get(0).indexOf('-') < 0;
  }

  /** Returns the connections that are wanted; null for those of the numbers that were named. */
  @Nullable BitSet resolve(NamedCapture capture) throws IOException, UsageException {
    if (byNumber) {
      return null;
    }
    return collect(capture).selected;
  }

  /**
   * Returns the connections that are wanted, which must be one; an empty set where the capture
   * holds none.
   *
   * @throws UsageException if there are several, or none of those that the capture holds
   */
  @Nullable BitSet resolveOne(NamedCapture capture) throws IOException, UsageException {
    if (onlyOne) {
      return null;
    }
    Collector found = collect(capture);
    CaptureReport report = found.capture;
    int count = found.selected.cardinality();
    if (count > 1) {
      throw new UsageException(
          capture.name()
              + ": "
              + count
              + " connections are selected ("
              + named(found.selected)
              + "), and streams are shown of one at a time: add --connection "
              + found.selected.nextSetBit(0)
              + ", or write all to files with --all DIR");
    }
    if (count == 0 && report != null && report.connections() > 0) {
      throw nothing(capture.name(), report.connections());
    }
    return found.selected;
  }

  /** Returns what to say where nothing of a capture was selected. */
  static UsageException nothing(String file, long connections) {
    return new UsageException(
        file
            + ": nothing is selected; it holds "
            + (connections == 1 ? "1 connection" : connections + " connections")
            + " ('conntrace connections' lists them)");
  }

  /** Returns whether a connection of this number is wanted. */
  boolean includes(@Nullable BitSet resolved, int connection) {
    return resolved == null ? selection.mayInclude(connection) : resolved.get(connection);
  }

  private Collector collect(NamedCapture capture) throws IOException, UsageException {
    capture.keep();
    capture.survey(selection);
    Collector collector = new Collector();
    capture.trace(collector, false);
    return collector;
  }

  private static String named(BitSet numbers) {
    StringBuilder text = new StringBuilder();
    int number = numbers.nextSetBit(0);
    for (int i = 0; i < MOST_NAMED && number >= 0; i++) {
      text.append(i == 0 ? "" : ", ").append(number);
      number = numbers.nextSetBit(number + 1);
    }
    return text.append(number >= 0 ? ", ..." : "").toString();
  }

  /** Notes the numbers of the selected connections. */
  private final class Collector implements TraceSink {
    private final BitSet selected = new BitSet();
    private @Nullable CaptureReport capture;

    @Override
    public boolean wants(Importance importance, int connection) {
      return importance == Importance.CONNECTION && selection.mayInclude(connection);
    }

    @Override
    public void on(ConnectionClosed event) {
      ConnectionReport report = event.report();
      if (selection.includes(report)) {
        selected.set(report.connection());
      }
    }

    @Override
    public void on(CaptureEnded event) {
      capture = event.report();
    }
  }
}
