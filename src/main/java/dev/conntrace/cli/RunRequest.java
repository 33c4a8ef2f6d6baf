package dev.conntrace.cli;

import static dev.conntrace.cli.OptionSpecs.flag;
import static dev.conntrace.cli.OptionSpecs.isGiven;
import static dev.conntrace.cli.OptionSpecs.value;

import dev.conntrace.select.ConnectionSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ParserSpec;
import picocli.CommandLine.ParseResult;

/**
 * What is asked of {@code run}.
 *
 * @param command the words of the command
 * @param live whether to print while it runs
 * @param unfold whether to show every segment
 * @param file where to print; null for the usual place
 * @param selection which of the connections to show
 * @param isWritten whether their packets are to be kept
 * @param waitNanos how long the last connections may take to close
 * @param ignoresStatus whether the command's status does not matter
 */
record RunRequest(
    List<String> command,
    boolean live,
    boolean unfold,
    @Nullable NewFile file,
    ConnectionSelection selection,
    boolean isWritten,
    long waitNanos,
    boolean ignoresStatus) {
  private static final String LIVE = "--live";
  private static final String ALL = "--all";
  private static final String OUTPUT = "-o";
  private static final String FORCE = "--force";
  private static final String WRITE = "-w";
  private static final String WAIT = "--wait";
  private static final String IGNORE_STATUS = "--ignore-status";
  private static final String USUAL_WAIT = "2";

  /** Adds the options. From the first word on that is none everything belongs to the command. */
  static void define(CommandSpec spec) {
    spec.parser(new ParserSpec().stopAtPositional(true));
    spec.usageMessage().customSynopsis("conntrace run [OPTIONS] [--] CMD ARGS...");
    spec.addOption(flag("Print at once, on standard error, while CMD runs.", LIVE).build());
    spec.addOption(
        flag("Show every segment; without it, runs of plain data are folded.", ALL).build());
    spec.addOption(
        value("FILE", "Print there, not on standard output.", OUTPUT, "--output").build());
    spec.addOption(flag("Overwrite FILE.", FORCE).build());
    spec.addOption(
        value(
                "OUT",
                "Also write the packets of the selected connections to a capture OUT: pcapng where"
                    + " its name ends in .pcapng, else pcap.",
                WRITE,
                "--write")
            .build());
    spec.addOption(
        value(
                "SECONDS",
                "How long to wait, when CMD has ended, for its last connections to close"
                    + " (default 2).",
                WAIT)
            .build());
    spec.addOption(
        flag("End with conntrace's own exit status, whatever CMD's is.", IGNORE_STATUS).build());
    spec.addPositional(
        OptionSpecs.words("1..*", "CMD", "The command; all further words are its own.").build());
  }

  /** Reads the options back. */
  static RunRequest of(ParseResult words) throws UsageException {
    boolean live = isGiven(words, LIVE);
    ConnectionSelection selection = SelectionOptions.ofConnections(words);
    if (live && !selection.isEmpty()) {
      throw new UsageException(
          "with --live nothing can be selected: whatever the command does is shown at once");
    }
    if (CaptureTarget.isStandardOutput(OptionSpecs.valueOf(words, WRITE, ""))) {
      throw new UsageException("-w needs a file: standard output is the command's");
    }
    return new RunRequest(
        OptionSpecs.wordsOf(words),
        live,
        isGiven(words, ALL),
        words.hasMatchedOption(OUTPUT)
            ? NewFile.at(OptionSpecs.valueOf(words, OUTPUT, ""), isGiven(words, FORCE), List.of())
            : null,
        selection,
        words.hasMatchedOption(WRITE),
        CommonOptions.nanos(WAIT, OptionSpecs.valueOf(words, WAIT, USUAL_WAIT)),
        isGiven(words, IGNORE_STATUS));
  }

  /** Returns where results go. */
  Session session(Session usual) {
    if (file != null) {
      return usual.writingTo(file);
    }
    return live ? usual.onStandardError() : usual;
  }
}
