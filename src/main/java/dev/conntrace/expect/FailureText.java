package dev.conntrace.expect;

import java.util.ArrayList;
import java.util.List;

/**
 * Says what went wrong with an expectation, in lines: for a terminal, a report, or an {@code
 * AssertionError}.
 */
public final class FailureText {
  private FailureText() {}

  /**
   * Returns the lines of a violation: what was expected, what was found where, and the segments
   * around it.
   */
  public static List<String> of(Violation violation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        violation.field() + ": expected " + violation.expected() + ", found " + violation.actual());
    String where = where(violation);
    if (!where.isEmpty()) {
      lines.add(where);
    }
    for (String line : violation.lines()) {
      lines.add("    " + line);
    }
    return lines;
  }

  private static String where(Violation violation) {
    StringBuilder where = new StringBuilder();
    if (violation.connection() != 0) {
      where.append("connection ").append(violation.connection());
      where.append(", ").append(violation.addresses());
    }
    if (violation.frame() != 0) {
      where.append(where.length() == 0 ? "" : ", ").append("frame ").append(violation.frame());
    }
    return where.toString();
  }

  /** Returns all of an outcome's violations and doubts in lines; empty where it passed. */
  public static List<String> of(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    for (Violation violation : outcome.violations()) {
      lines.addAll(of(violation));
    }
    long more = outcome.violated() - outcome.violations().size();
    if (more > 0) {
      lines.add("and " + more + " more");
    }
    for (String doubt : outcome.doubts()) {
      lines.add("cannot be told: " + doubt);
    }
    return lines;
  }
}
