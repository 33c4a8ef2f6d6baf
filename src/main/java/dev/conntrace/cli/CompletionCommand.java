package dev.conntrace.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code generate-completion}: the script that completes words in a shell. */
final class CompletionCommand implements Command {
  @Override
  public void define(CommandSpec spec) {}

  @Override
  public List<String> description() {
    return List.of(
        "Prints a script that makes bash and zsh complete commands, options and values.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "source <(conntrace generate-completion)",
        "conntrace generate-completion > ~/.local/share/bash-completion/completions/conntrace");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) {
    session.output().write(AutoComplete.bash(Parser.PROGRAM, Parser.ofAllCommands()));
    return ExitStatus.DONE;
  }
}
