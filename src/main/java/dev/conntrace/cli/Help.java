package dev.conntrace.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code --help} prints: usage, options, examples and exit codes. Loaded only for that. */
final class Help {
  /** Wider lines are hard to read. */
  private static final int MOST_COLUMNS = 90;

  /** Picocli lays nothing out in less. */
  private static final int FEWEST_COLUMNS = 55;

  /** Where picocli begins what it says of an option, and one column of room. */
  private static final int DESCRIPTION_COLUMN = 29;

  private static final List<ExitStatus> POSSIBLE =
      List.of(
          ExitStatus.DONE,
          ExitStatus.EXPECTATION_FAILED,
          ExitStatus.USAGE,
          ExitStatus.CAPTURE,
          ExitStatus.NOT_PERMITTED,
          ExitStatus.FAULT);

  private final int columns;
  private final boolean colored;

  /**
   * Prepares to lay out help.
   *
   * @param width the columns that there are
   */
  Help(int width, boolean colored) {
    this.columns = Math.max(FEWEST_COLUMNS, Math.min(MOST_COLUMNS, width));
    this.colored = colored;
  }

  /** Returns the help of the program as a whole. */
  String ofProgram() {
    CommandSpec spec = CommandSpec.create().name(Parser.PROGRAM);
    UsageMessageSpec usage = spec.usageMessage();
    usage.description(
        escaped(
            List.of(
                "Traces TCP connections in packet captures: what happened, to whom, and what proves"
                    + " it. Without a command, conntrace FILE... is conntrace timeline FILE...")));
    usage.customSynopsis(
        Parser.PROGRAM + " [COMMAND] [OPTIONS] FILE...",
        "       " + Parser.PROGRAM + " COMMAND --help");
    spec.addOption(OptionSpecs.help());
    spec.addOption(OptionSpecs.version());
    for (CommandName name : CommandName.values()) {
      CommandSpec command = CommandSpec.create();
      command.usageMessage().description(escaped(List.of(name.oneLine())));
      spec.addSubcommand(name.word(), command);
    }
    return text(
        spec,
        List.of(
            "conntrace capture.pcap",
            "conntrace connections --sort bytes --top 10 capture.pcap",
            "tcpdump -U -w - | conntrace packets -"),
        true,
        true);
  }

  /** Returns the help of one command. */
  String of(CommandName name, Command command) {
    CommandSpec defined = CommandSpec.create();
    command.define(defined);
    CommandSpec spec = CommandSpec.create().name(Parser.PROGRAM + " " + name.word());
    List<String> paragraphs = new ArrayList<>();
    for (String paragraph : command.description()) {
      paragraphs.add(paragraph);
      paragraphs.add("");
    }
    spec.usageMessage()
        .description(escaped(paragraphs.subList(0, paragraphs.size() - 1)))
        .abbreviateSynopsis(true)
        .customSynopsis(defined.usageMessage().customSynopsis());
    for (PositionalParamSpec words : defined.positionalParameters()) {
      spec.addPositional(
          PositionalParamSpec.builder(words).description(besideName(words.description())).build());
    }
    CommandSpec selection = CommandSpec.create();
    SelectionOptions.define(selection, "");
    SelectionOptions.defineSide(selection);
    SelectionOptions.defineRange(selection, "");
    CommandSpec common = CommandSpec.create();
    CommonOptions.define(common);
    spec.addOption(OptionSpecs.help());
    addGroup(spec, "Of this command:", defined.options(), without(defined, selection, common));
    addGroup(spec, "Which connections:", defined.options(), selection.optionsMap().keySet());
    addGroup(spec, "Common:", defined.options(), common.optionsMap().keySet());
    return text(spec, command.examples(), command.captures(), command.judges());
  }

  private String text(CommandSpec spec, List<String> examples, boolean captures, boolean judges) {
    UsageMessageSpec usage = spec.usageMessage();
    usage.width(columns).sortOptions(false);
    usage.descriptionHeading("%n").parameterListHeading("%n").optionListHeading("%n");
    usage.commandListHeading("%nCommands:%n");
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitStatus status : POSSIBLE) {
      if ((status.equals(ExitStatus.NOT_PERMITTED) && !captures)
          || (status.equals(ExitStatus.EXPECTATION_FAILED) && !judges)) {
        continue;
      }
      codes.put(String.format("%3d", status.code()), status.meaning());
    }
    usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    List<String> lines = new ArrayList<>();
    for (String example : examples) {
      addWrapped(lines, example, "  ", columns);
    }
    usage.footerHeading("%nExamples:%n").footer(escaped(lines));
    return new CommandLine(spec).getUsageMessage(colored ? Ansi.ON : Ansi.OFF);
  }

  private static List<String> without(CommandSpec spec, CommandSpec... others) {
    List<String> names = new ArrayList<>(spec.optionsMap().keySet());
    for (CommandSpec other : others) {
      names.removeAll(other.optionsMap().keySet());
    }
    return names;
  }

  private void addGroup(
      CommandSpec spec, String heading, List<OptionSpec> options, Iterable<String> names) {
    List<String> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(name);
    }
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().heading("%n" + heading + "%n").validate(false).exclusive(false);
    for (OptionSpec option : options) {
      if (wanted.contains(option.longestName()) && !option.hidden()) {
        group.addArg(
            OptionSpec.builder(option).description(besideName(option.description())).build());
      }
    }
    if (!group.args().isEmpty()) {
      spec.addArgGroup(group.build());
    }
  }

  private String[] besideName(String[] description) {
    List<String> lines = new ArrayList<>();
    for (String text : description) {
      addWrapped(lines, text, "", columns - DESCRIPTION_COLUMN);
    }
    return escaped(lines);
  }

  /**
   * Breaks a text at its blanks alone; picocli would break addresses and file names too. Later
   * lines are indented by two more.
   */
  private static void addWrapped(List<String> lines, String text, String indent, int width) {
    StringBuilder line = new StringBuilder(indent);
    int begin = indent.length();
    for (String word : text.split(" ", -1)) {
      if (line.length() > begin && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(indent).append("  ");
        begin = line.length();
      } else if (line.length() > begin) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
  }

  /** To picocli a percent sign begins a format. */
  private static String[] escaped(List<String> lines) {
    String[] escaped = new String[lines.size()];
    for (int i = 0; i < escaped.length; i++) {
      escaped[i] = lines.get(i).replace("%", "%%");
    }
    return escaped;
  }
}
