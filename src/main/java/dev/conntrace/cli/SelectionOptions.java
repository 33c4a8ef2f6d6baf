package dev.conntrace.cli;

import static dev.conntrace.cli.OptionSpecs.values;
import static dev.conntrace.cli.OptionSpecs.valuesOf;

import dev.conntrace.select.AnnotationNames;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.SelectionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say which connections are wanted. */
final class SelectionOptions {
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
  }

  /** Reads the options back. */
  static ConnectionSelection of(ParseResult words) throws UsageException {
    try {
      return new ConnectionSelection(
          valuesOf(words, "--connection"),
          valuesOf(words, "--client"),
          valuesOf(words, "--server"),
          valuesOf(words, "--port"),
          valuesOf(words, "--with"));
    } catch (SelectionException e) {
      throw new UsageException(e);
    }
  }
}
