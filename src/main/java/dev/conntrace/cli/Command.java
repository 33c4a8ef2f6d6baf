package dev.conntrace.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command. {@link CommandName} lists them. */
interface Command {
  /** Adds the command's options and words. */
  void define(CommandSpec spec);

  /** Returns what the command does, a paragraph each; asked only for help. */
  List<String> description();

  /** Returns command lines that show what it is good for; asked only for help. */
  List<String> examples();

  /** Returns whether the command can print so; not every one has a table to fill. */
  default boolean prints(Format format) {
    return format != Format.CSV;
  }

  /** Returns whether it captures on an interface, which may not be permitted. */
  default boolean captures() {
    return false;
  }

  /** Returns whether it judges captures, so that they may fail. */
  default boolean judges() {
    return false;
  }

  /**
   * Does it.
   *
   * @throws UsageException if the words make no sense; nothing has been printed then
   */
  ExitStatus run(Session session, ParseResult words) throws UsageException, IOException;
}
