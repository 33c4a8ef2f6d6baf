package dev.conntrace.cli;

import dev.conntrace.select.NearestWords;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Sets picocli up for one command, and says in our words what it does not understand. */
final class Parser {
  static final String PROGRAM = "conntrace";

  private static final int SHORTEST_GUESS = 4;

  private Parser() {}

  /** Returns the parser of one command. */
  static CommandLine of(CommandName name, Command command) {
    return new CommandLine(spec(name, command, PROGRAM + " " + name.word()))
        // A file may be called @list, and an alias may give an option that is given again.
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true);
  }

  /** Returns the whole tree of commands: for its completion script. */
  static CommandLine ofAllCommands() {
    CommandSpec all = CommandSpec.create().name(PROGRAM);
    all.addOption(OptionSpecs.help());
    all.addOption(OptionSpecs.version());
    for (CommandName name : CommandName.values()) {
      all.addSubcommand(name.word(), spec(name, name.create(), name.word()));
    }
    return new CommandLine(all);
  }

  /** Reads a command's words. */
  static ParseResult parse(CommandLine parser, String[] words) throws UsageException {
    try {
      return parser.parseArgs(words);
    } catch (ParameterException e) {
      String explained = explained(e, words);
      throw new UsageException(
          explained
              + (explained.endsWith("?") ? " See " : "; see ")
              + parser.getCommandSpec().name()
              + " --help");
    }
  }

  private static CommandSpec spec(CommandName name, Command command, String specName) {
    CommandSpec spec = CommandSpec.create().name(specName);
    spec.usageMessage().description(name.oneLine());
    command.define(spec);
    spec.addOption(OptionSpecs.help());
    return spec;
  }

  private static String explained(ParameterException e, String[] words) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      return unmatched.isUnknownOption()
          ? unknown(word, e.getCommandLine().getCommandSpec())
          : "one word too many: '" + word + "'";
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      CommandLine.Model.ArgSpec argument = missing.getMissing().get(0);
      CommandSpec spec = e.getCommandLine().getCommandSpec();
      String unknown = argument.isPositional() ? unknownOption(words, spec) : "";
      if (!unknown.isEmpty()) {
        return unknown(unknown, spec);
      }
      return argument instanceof OptionSpec option
          ? option.longestName() + " needs a value: " + option.paramLabel()
          : argument.paramLabel() + " is missing";
    }
    return String.valueOf(e.getMessage());
  }

  private static String unknown(String word, CommandSpec spec) {
    return "unknown option '" + word + "'" + guess(word, spec);
  }

  /**
   * Returns the first word that looks like an option and is none; empty if there is none. Picocli
   * tells of what is missing first, although that may be the smaller mistake.
   */
  private static String unknownOption(String[] words, CommandSpec spec) {
    for (int i = 0; i < words.length && !words[i].equals("--"); i++) {
      int equals = words[i].indexOf('=');
      OptionSpec option = spec.findOption(equals < 0 ? words[i] : words[i].substring(0, equals));
      if (option == null && words[i].startsWith("--")) {
        return words[i];
      }
      if (option != null && option.arity().min() > 0 && equals < 0) {
        i++;
      }
    }
    return "";
  }

  private static String guess(String word, CommandSpec spec) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (name.length() < SHORTEST_GUESS) {
      return "";
    }
    List<String> known = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        known.add(option.longestName());
      }
    }
    return NearestWords.question(name, known);
  }
}
