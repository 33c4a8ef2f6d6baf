package dev.conntrace.cli;

import dev.conntrace.expect.DiffAspect;
import dev.conntrace.expect.DiffOptions;
import dev.conntrace.expect.DiffTolerance;
import dev.conntrace.select.NearestWords;
import dev.conntrace.select.SelectionException;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say what counts when two captures are compared. */
final class DiffSettings {
  private static final String ALSO = "--also";
  private static final String IGNORE = "--ignore";
  private static final String TOLERANCE = "--tolerance";

  private DiffSettings() {}

  /** Adds the options to a command. */
  static void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.values(
                "ASPECT",
                "Count differences of this kind too: turns, acks, windows. Several with commas between"
                    + " them.",
                ALSO)
            .completionCandidates(DiffAspect.ids())
            .build());
    spec.addOption(
        OptionSpecs.values(
                "ASPECT",
                "Do not count differences of this kind: "
                    + String.join(", ", DiffAspect.ids())
                    + ".",
                IGNORE)
            .completionCandidates(DiffAspect.ids())
            .build());
    spec.addOption(
        OptionSpecs.value(
                "BOUND",
                "Count pauses that differ by more than this: 50ms, 20%% of the longer, or 50ms,20%%:"
                    + " what either allows. Without it times do not count.",
                TOLERANCE)
            .build());
  }

  /** Reads the options back. */
  static DiffOptions of(ParseResult words) throws UsageException {
    Set<DiffAspect> also = aspects(words, ALSO);
    if (also.contains(DiffAspect.TIMES) && !words.hasMatchedOption(TOLERANCE)) {
      throw new UsageException(
          "times are never quite equal: give a " + TOLERANCE + " such as 50ms");
    }
    DiffOptions options = DiffOptions.DEFAULT.also(also);
    if (words.hasMatchedOption(TOLERANCE)) {
      try {
        options = options.within(DiffTolerance.parse(OptionSpecs.valueOf(words, TOLERANCE, "")));
      } catch (SelectionException e) {
        throw new UsageException(TOLERANCE + ": " + e.getMessage());
      }
    }
    return options.ignoring(aspects(words, IGNORE));
  }

  private static Set<DiffAspect> aspects(ParseResult words, String option) throws UsageException {
    Set<DiffAspect> aspects = EnumSet.noneOf(DiffAspect.class);
    for (String value : OptionSpecs.valuesOf(words, option)) {
      for (String id : value.split(",", -1)) {
        DiffAspect aspect = DiffAspect.ofId(id);
        if (aspect == null) {
          String question = NearestWords.question(id, DiffAspect.ids());
          throw new UsageException(
              option
                  + ": nothing is called '"
                  + id
                  + "'"
                  + (question.isEmpty()
                      ? ": it is " + String.join(", ", DiffAspect.ids())
                      : question));
        }
        aspects.add(aspect);
      }
    }
    return aspects;
  }
}
