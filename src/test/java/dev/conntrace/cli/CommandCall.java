package dev.conntrace.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The real command, called inside the test: no process, no terminal, nothing of this machine's
 * environment. Files are found from the repository root, where the tests run.
 *
 * @param status the exit status
 * @param out what went to standard output
 * @param err what went to standard error; empty where both went the same way
 */
public record CommandCall(int status, String out, String err) {

  /** Calls the command without environment variables and with nothing on standard input. */
  public static CommandCall of(String... words) {
    return with(Map.of(), words);
  }

  /** Calls the command with environment variables. */
  public static CommandCall with(Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = run(words, environment, new byte[0], out, err);
    return new CommandCall(status, text(out), text(err));
  }

  /** Calls the command as a person does who sees standard output and standard error together. */
  public static CommandCall seenTogether(byte[] standardInput, String... words) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    int status = run(words, Map.of(), standardInput, both, both);
    return new CommandCall(status, text(both), "");
  }

  /** Returns the names of all commands. */
  public static List<String> commands() {
    return CommandName.words();
  }

  /** Returns what was printed, line by line, without the line ends. */
  public List<String> lines() {
    return out.lines().toList();
  }

  private static int run(
      String[] words,
      Map<String, String> environment,
      byte[] standardInput,
      OutputStream out,
      OutputStream err) {
    return Main.run(
        words,
        new Surroundings(
            new ByteArrayInputStream(standardInput), out, err, environment, Terminals.NONE),
        Engine.TRACER);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
