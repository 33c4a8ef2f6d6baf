package dev.conntrace.cli;

import dev.conntrace.render.ExplainText;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code explain}: what a word means, or everything known of one frame. */
final class ExplainCommand implements Command {
  @Override
  public void define(CommandSpec spec) {
    spec.usageMessage()
        .customSynopsis(
            "conntrace explain [OPTIONS] [TERM]",
            "       conntrace explain [OPTIONS] FILE FRAME",
            "       conntrace explain --merge [OPTIONS] FILE... FRAME");
    Captures.define(spec);
    CommonOptions.define(spec);
    spec.addPositional(
        OptionSpecs.words(
                "0..*",
                "TERM",
                "An annotation, state or field; or a capture FILE and the number of a FRAME in"
                    + " it. Without one, everything that can be explained is listed.")
            .build());
  }

  @Override
  public List<String> description() {
    return List.of(
        "Explains what an annotation, a state or a field means, and where it is defined. With a"
            + " capture and a frame's number: layers, numbers, options, states and verdicts of"
            + " that segment.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace explain",
        "conntrace explain spurious-retransmission",
        "conntrace explain TIME_WAIT",
        "conntrace explain where",
        "conntrace explain capture.pcap 17");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException, IOException {
    List<String> given = OptionSpecs.wordsOf(words);
    boolean merged = Captures.isMerged(words);
    if (given.size() == 2 || (merged && given.size() > 2)) {
      int last = given.size() - 1;
      return frame(session, given.subList(0, last), merged, number(given.get(last)));
    }
    if (given.size() > 2) {
      throw new UsageException("one word too many: '" + given.get(2) + "'");
    }
    if (session.options().isNdjson()) {
      throw new UsageException("explain prints words as text alone; there is no record of them");
    }
    ExplainText text = new ExplainText(session.output(), session.layout(true));
    if (given.isEmpty()) {
      text.index();
    } else if (!text.term(given.get(0))) {
      throw new UsageException(unknown(given.get(0), text.nearest(given.get(0))));
    }
    return ExitStatus.DONE;
  }

  private static ExitStatus frame(Session session, List<String> files, boolean merged, long frame)
      throws UsageException {
    Captures.Task task =
        new Captures.Task() {
          @Override
          public @Nullable CaptureReport run(NamedCapture capture)
              throws IOException, UsageException {
            FrameFinder finder = new FrameFinder(frame);
            capture.trace(finder, false);
            // Beyond the damage of a file there are no frames: the damage is what to tell.
            if (finder.isFound() || capture.damage() == null) {
              finder.print(capture.name(), session);
            }
            return null;
          }
        };
    return new Captures(session).each(files, merged, task);
  }

  private static long number(String text) throws UsageException {
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is not positive.
    }
    throw new UsageException("FRAME is a number from 1, not '" + text + "'");
  }

  private static String unknown(String word, List<String> nearest) {
    return "there is nothing to explain about '"
        + word
        + "'"
        + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?")
        + " ('conntrace explain' lists everything; a frame is explained by 'conntrace explain FILE"
        + " FRAME')";
  }
}
