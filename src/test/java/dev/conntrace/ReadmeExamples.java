package dev.conntrace;

import dev.conntrace.cli.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The examples of a text in Markdown: commands after {@code $} in blocks fenced as {@code console}
 * or {@code sh}, each with what it prints below it, up to the next command or the block's end.
 *
 * <pre>
 * $ ./conntrace summary sample-captures/tutorial/tutorial.pcap
 * sample-captures/tutorial/tutorial.pcap  pcap, little-endian, microseconds
 * ...
 * </pre>
 *
 * <p>A line {@code ...} stands for any number of lines. A command with nothing below it has only to
 * succeed. {@code < FILE} gives a file to standard input. Output is that of a pipe: 100 columns, no
 * colour, standard error with standard output.
 */
final class ReadmeExamples {
  private static final String LAUNCHER = "./conntrace";
  private static final String ELISION = "...";

  /** What an example may run beside conntrace; nobody checks that here. */
  private static final Set<String> OTHER_PROGRAMS =
      Set.of("mvn", "git", "cd", "sudo", "tcpdump", "export", "java");

  /** These need a network, or never end: they only have to exist. */
  private static final Set<String> LIVE = Set.of("live", "run", "demo", "interfaces");

  private static final Pattern FENCE = Pattern.compile("```(\\S*).*");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private record Example(int line, String command, List<String> output) {}

  private ReadmeExamples() {}

  /** Returns what is wrong, each with its line; empty if every example is as it says. */
  static List<String> faults(String markdown) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Example example : examples(markdown.lines().toList())) {
      String fault = check(example);
      if (!fault.isEmpty()) {
        faults.add("line " + example.line + ": $ " + example.command + "\n" + fault);
      }
    }
    return faults;
  }

  /** Returns how many commands of conntrace are run. */
  static long count(String markdown) {
    return examples(markdown.lines().toList()).stream()
        .filter(example -> example.command.startsWith(LAUNCHER + " "))
        .count();
  }

  private static List<Example> examples(List<String> lines) {
    List<Example> examples = new ArrayList<>();
    String language = "";
    boolean fenced = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher fence = FENCE.matcher(line);
      if (fence.matches()) {
        fenced = !fenced;
        language = fenced ? fence.group(1) : "";
      } else if (line.startsWith("$ ") && (language.equals("console") || language.equals("sh"))) {
        int number = i + 1;
        StringBuilder command = new StringBuilder(line.substring(2).strip());
        while (command.charAt(command.length() - 1) == '\\') {
          command.setLength(command.length() - 1);
          command.append(lines.get(++i).strip());
        }
        List<String> output = new ArrayList<>();
        while (i + 1 < lines.size()
            && !lines.get(i + 1).startsWith("$ ")
            && !FENCE.matcher(lines.get(i + 1)).matches()) {
          output.add(lines.get(++i).stripTrailing());
        }
        examples.add(new Example(number, command.toString(), output));
      }
    }
    return examples;
  }

  private static String check(Example example) throws IOException {
    List<String> words = words(example.command);
    if (!words.get(0).equals(LAUNCHER)) {
      return OTHER_PROGRAMS.contains(words.get(0))
          ? ""
          : "neither " + LAUNCHER + " nor one of the programs that are not checked";
    }
    if (words.size() > 1 && LIVE.contains(words.get(1))) {
      return CommandCall.commands().contains(words.get(1)) ? "" : "there is no such command";
    }
    if (words.contains("|") || words.contains(">")) {
      return "pipes and files cannot be checked: print everything, and leave lines out with ...";
    }
    byte[] input = {};
    int redirection = words.indexOf("<");
    if (redirection > 0) {
      input = Files.readAllBytes(Path.of(words.get(redirection + 1)));
      words = words.subList(0, redirection);
    }
    CommandCall call =
        CommandCall.seenTogether(input, words.subList(1, words.size()).toArray(new String[0]));
    if (example.output.isEmpty()) {
      return call.status() == 0 ? "" : "ends with " + call.status() + ": " + call.out();
    }
    return difference(example.output, call.lines());
  }

  /** Splits a command into words as a shell does, a comment left out. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      if (matcher.group(3) == null) {
        words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      } else if (matcher.group(3).startsWith("#")) {
        break;
      } else {
        words.add(matcher.group(3));
      }
    }
    return words;
  }

  private static String difference(List<String> expected, List<String> actual) {
    int at = 0;
    int i = 0;
    while (i < expected.size()) {
      if (expected.get(i).equals(ELISION)) {
        List<String> part = partAfter(expected, i);
        int found = find(part, actual, at, i + 1 + part.size() == expected.size());
        if (found < 0) {
          return nearest(part, actual, at);
        }
        at = found + part.size();
        i += 1 + part.size();
      } else {
        String printed = at < actual.size() ? actual.get(at) : "(nothing more)";
        if (!expected.get(i).equals(printed)) {
          return "expected " + expected.get(i) + "\n printed " + printed;
        }
        at++;
        i++;
      }
    }
    boolean open = expected.get(expected.size() - 1).equals(ELISION);
    return open || at == actual.size() ? "" : "printed besides: " + actual.get(at);
  }

  private static List<String> partAfter(List<String> expected, int elision) {
    int end = elision + 1;
    while (end < expected.size() && !expected.get(end).equals(ELISION)) {
      end++;
    }
    return expected.subList(elision + 1, end);
  }

  /** Says where the lines that begin like {@code part} go on otherwise. */
  private static String nearest(List<String> part, List<String> lines, int from) {
    int start = from;
    while (start < lines.size() && !lines.get(start).equals(part.get(0))) {
      start++;
    }
    if (start == lines.size()) {
      return "below ... there is no line " + part.get(0);
    }
    int i = 0;
    while (i < part.size() && start + i < lines.size()) {
      if (!part.get(i).equals(lines.get(start + i))) {
        return "expected " + part.get(i) + "\n printed " + lines.get(start + i);
      }
      i++;
    }
    return i < part.size()
        ? "expected " + part.get(i) + "\n printed (nothing more)"
        : "printed besides: " + lines.get(start + i);
  }

  /** Finds lines in a row from {@code from} on; where they have to be the last ones, at the end. */
  private static int find(List<String> part, List<String> lines, int from, boolean last) {
    int most = lines.size() - part.size();
    int least = last && !part.isEmpty() ? Math.max(from, most) : from;
    for (int at = least; at <= most; at++) {
      if (lines.subList(at, at + part.size()).equals(part)) {
        return at;
      }
    }
    return -1;
  }
}
