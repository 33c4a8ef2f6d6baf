package dev.conntrace.cli;

import dev.conntrace.expect.GithubAnnotations;
import dev.conntrace.expect.JunitReport;
import dev.conntrace.expect.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What {@code verify} writes beside its results: files that CI systems read. */
final class VerifyReports implements Closeable {
  private static final String REPORT = "--report";
  private static final String KINDS = "junit=FILE, github or github=FILE";

  private final Output output;
  private final Set<String> unread;
  private final boolean isMerged;
  private final @Nullable JunitReport junit;
  private final @Nullable GithubAnnotations github;
  private final @Nullable OutputStream githubFile;

  private VerifyReports(
      Output output,
      List<String> captures,
      boolean isMerged,
      @Nullable JunitReport junit,
      @Nullable GithubAnnotations github,
      @Nullable OutputStream githubFile) {
    this.output = output;
    this.isMerged = isMerged;
    unread = new LinkedHashSet<>(isMerged ? List.of(String.join("+", captures)) : captures);
    this.junit = junit;
    this.github = github;
    this.githubFile = githubFile;
  }

  static void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.values(
                "KIND[=FILE]",
                "Write a report as well: junit=FILE as JUnit XML, which CI systems read; github"
                    + " prints workflow commands, which GitHub shows beside the rules. A file is"
                    + " overwritten.",
                REPORT)
            .completionCandidates(List.of("junit=", "github"))
            .build());
  }

  /**
   * Reads the options back.
   *
   * @param captures what is to be read
   */
  static VerifyReports of(ParseResult words, List<String> captures, Session session)
      throws UsageException {
    JunitReport junit = null;
    GithubAnnotations github = null;
    OutputStream githubFile = null;
    Set<String> seen = new TreeSet<>();
    for (String report : OptionSpecs.valuesOf(words, REPORT)) {
      int equals = report.indexOf('=');
      String kind = equals < 0 ? report : report.substring(0, equals);
      OutputStream file =
          equals < 0 ? null : NewFile.at(report.substring(equals + 1), true, captures);
      if (!seen.add(kind)) {
        throw new UsageException(REPORT + " " + kind + " is given twice");
      }
      if (kind.equals("junit") && file != null) {
        junit = new JunitReport(new OutputStreamWriter(file, StandardCharsets.UTF_8));
      } else if (kind.equals("github")) {
        if (file == null && session.options().isNdjson()) {
          throw new UsageException(
              "github's lines are no records: give " + REPORT + " github=FILE");
        }
        github = new GithubAnnotations();
        githubFile = file;
      } else {
        throw new UsageException(REPORT + " is " + KINDS + ", not '" + report + "'");
      }
    }
    return new VerifyReports(
        session.output(), captures, Captures.isMerged(words), junit, github, githubFile);
  }

  /** Takes the outcomes of a capture. */
  void add(String capture, List<Outcome> outcomes) {
    unread.removeIf(name -> isMerged || name.equals(capture));
    if (junit != null) {
      junit.add(capture, outcomes);
    }
    if (github != null) {
      github.add(capture, outcomes);
    }
  }

  private void addUnread(String capture) {
    if (junit != null) {
      junit.addUnread(capture);
    }
    if (github != null) {
      github.addUnread(capture);
    }
  }

  @Override
  public void close() throws IOException {
    for (String capture : unread) {
      addUnread(capture);
    }
    if (junit != null) {
      junit.close();
    }
    if (github == null) {
      return;
    }
    List<String> lines = new ArrayList<>(github.lines());
    lines.add("");
    String text = String.join("\n", lines);
    if (githubFile == null) {
      output.write(text);
      return;
    }
    try (OutputStream file = githubFile) {
      file.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
