package dev.conntrace.expect;

import java.util.ArrayList;
import java.util.List;

/**
 * Outcomes as workflow commands of GitHub Actions: a line each, which GitHub shows beside the rule
 * in the file of rules. GitHub shows ten of each kind and step, so no more are written, and a
 * notice says how many there are.
 */
public final class GithubAnnotations {
  /** How many of a kind GitHub shows for one step. */
  public static final int MOST = 10;

  private final List<String> lines = new ArrayList<>();
  private int errors;
  private int warnings;

  /** Takes the outcomes of a capture. */
  public void add(String capture, List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome.verdict() == Verdict.FAILED) {
        for (Violation violation : outcome.violations()) {
          errors++;
          add(errors, "error", outcome, capture, FailureText.of(violation));
        }
      } else if (outcome.verdict() == Verdict.INCONCLUSIVE) {
        warnings++;
        add(warnings, "warning", outcome, capture, FailureText.of(outcome));
      }
    }
  }

  /** Takes note of a capture that could not be read: nothing was checked, which is no success. */
  public void addUnread(String capture) {
    if (++errors <= MOST) {
      lines.add("::error title=conntrace verify::" + message(capture + ": nothing could be read"));
    }
  }

  private void add(int number, String kind, Outcome outcome, String capture, List<String> text) {
    if (number > MOST) {
      return;
    }
    StringBuilder line = new StringBuilder("::").append(kind).append(' ');
    Origin origin = outcome.expectation().origin();
    if (origin.line() > 0) {
      line.append("file=").append(property(origin.file()));
      line.append(",line=").append(origin.line()).append(',');
    }
    line.append("title=").append(property(outcome.expectation().title()));
    line.append("::").append(message(capture + ": " + String.join("\n", text)));
    lines.add(line.toString());
  }

  /** Returns the lines, without line ends. */
  public List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    if (errors > MOST || warnings > MOST) {
      all.add(
          "::notice title=conntrace verify::"
              + errors
              + " errors and "
              + warnings
              + " warnings, of which the first "
              + MOST
              + " of each kind are shown");
    }
    return all;
  }

  private static String message(String text) {
    return ReportText.printable(text).replace("%", "%25").replace("\n", "%0A");
  }

  private static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }
}
