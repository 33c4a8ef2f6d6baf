package dev.conntrace.cli;

import dev.conntrace.render.ExplainText;
import dev.conntrace.select.NearestWords;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code explain}: what a word means, or everything known of one frame. */
final class ExplainCommand implements Command {
  private static final String HEADER = "--header";

  @Override
  public void define(CommandSpec spec) {
    spec.usageMessage()
        .customSynopsis(
            "conntrace explain [OPTIONS] [TERM]",
            "       conntrace explain [OPTIONS] FILE FRAME",
            "       conntrace explain --merge [OPTIONS] FILE... FRAME");
    Captures.define(spec);
    spec.addOption(
        OptionSpecs.flag("Draw the TCP header of the FRAME, with its values in the fields.", HEADER)
            .build());
    CommonOptions.define(spec);
    spec.addPositional(
        OptionSpecs.words(
                "0..*",
                "TERM",
                "An annotation, state or field; or a capture FILE and the number of a FRAME in"
                    + " it. Without one, everything that can be explained is listed.")
            .completionCandidates(new Terms())
            .build());
  }

  /** The words that completion offers, looked up only when it asks for them. */
  private static final class Terms implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExplainText.terms().iterator();
    }
  }

  @Override
  public List<String> description() {
    return List.of(
        "Explains what an annotation, a state or a field means, and where it is defined. With a"
            + " capture and a frame's number: layers, numbers, options, checksum, states, verdicts"
            + " and payload of that segment, and which later ones have to do with it; of a packet"
            + " that is no TCP segment, what it is.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace explain",
        "conntrace explain spurious-retransmission",
        "conntrace explain TIME_WAIT",
        "conntrace explain where",
        "conntrace explain expectations",
        "conntrace explain capture.pcap 17",
        "conntrace explain capture.pcap 17 --header");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException, IOException {
    List<String> given = OptionSpecs.wordsOf(words);
    boolean merged = Captures.isMerged(words);
    if (given.size() == 2 || (merged && given.size() > 2)) {
      boolean header = OptionSpecs.isGiven(words, HEADER);
      int last = given.size() - 1;
      return frame(session, given.subList(0, last), merged, number(given.get(last)), header);
    }
    if (given.size() > 2) {
      throw new UsageException("one word too many: '" + given.get(2) + "'");
    }
    if (OptionSpecs.isGiven(words, HEADER)) {
      throw new UsageException(
          HEADER + " draws the header of a frame: conntrace explain FILE FRAME");
    }
    if (session.options().isNdjson()) {
      throw new UsageException("explain prints words as text alone; there is no record of them");
    }
    ExplainText text = new ExplainText(session.output(), session.layout(true));
    if (given.isEmpty()) {
      text.index();
    } else if (!text.term(given.get(0))) {
      throw new UsageException(unknown(given.get(0)));
    }
    return ExitStatus.DONE;
  }

  private static ExitStatus frame(
      Session session, List<String> files, boolean merged, long frame, boolean header)
      throws UsageException {
    return new Captures(session)
        .each(
            files,
            merged,
            new Captures.Task() {
              @Override
              public @Nullable CaptureReport run(NamedCapture capture)
                  throws IOException, UsageException {
                FrameExplanation explanation = new FrameExplanation(capture, session, header);
                explanation.print(frame);
                return null;
              }
            });
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

  private static String unknown(String word) {
    return "there is nothing to explain about '"
        + word
        + "'"
        + NearestWords.question(word, ExplainText.terms())
        + " ('conntrace explain' lists everything; a frame is explained by 'conntrace explain FILE"
        + " FRAME')";
  }
}
