package dev.conntrace.expect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one expectation from a line of words: {@code connection port 6573 pick all: rtt_p95 at most
 * 50 ms}. What stands in quotes is one word; a colon at the end of a word ends the subject.
 */
final class ExpectationLine {
  private static final Path HERE = Path.of("");

  private final String line;
  private final List<String> words = new ArrayList<>();

  /** Words in quotes are values, whatever they read. */
  private final List<Boolean> quoted = new ArrayList<>();

  private int next;

  ExpectationLine(String line) {
    this.line = line;
  }

  Expectation read() {
    split();
    int colon = colon();
    Subject subject = null;
    if (colon >= 0) {
      subject = subject(colon + 1);
      next = colon + 1;
    } else if (Scope.of(words.get(0)) != null) {
      subject = subject(words.size());
      Fact number = new NumberFact(subject.scope(), 0);
      return new Expectation(subject, number, bound(number), Origin.DIRECT);
    }
    if (next >= words.size()) {
      throw mistake("it names no fact: give for instance 'connection port 80: opened three-way'");
    }
    String name = words.get(next++);
    if (subject == null) {
      subject = subjectOf(name);
    }
    Fact fact = Expectations.fact(subject.scope(), name);
    return new Expectation(subject, fact, bound(fact), Origin.DIRECT);
  }

  private static Subject subjectOf(String fact) {
    boolean ofCapture =
        Facts.ofWord(Scope.CONNECTION, fact) == null && Facts.ofWord(Scope.CAPTURE, fact) != null;
    return ofCapture ? Subject.capture() : Subject.connections();
  }

  /** Takes the subject's words: up to {@code end} or to what says how many must fit. */
  private Subject subject(int end) {
    String kind = words.get(next++);
    Scope scope = Scope.of(kind);
    if (scope == null) {
      throw mistake("it is about a capture, connection or segment, not a '" + kind + "'");
    }
    Subject subject = Subject.of(scope);
    while (next < end && !words.get(next).isEmpty() && !isRelation()) {
      String criterion = words.get(next++);
      if (next == end || words.get(next).isEmpty()) {
        throw mistake("'" + criterion + "' needs a value");
      }
      boolean isOne = quoted.get(next);
      String value = words.get(next++);
      subject = isOne ? subject.with(criterion, value) : subject.with(criterion, value.split(","));
    }
    if (end < words.size() && next < end && !words.get(next).isEmpty()) {
      throw mistake("how many must fit is asked for alone, without a fact behind it");
    }
    return subject;
  }

  private boolean isRelation() {
    int here = next;
    boolean relation = relation() != null;
    next = here;
    return relation;
  }

  private Bound bound(Fact fact) {
    BoundReader reader = new BoundReader(fact, HERE);
    List<Bound> bounds = new ArrayList<>();
    while (next < words.size()) {
      Relation relation = relation();
      if (relation != null && relation.standsAlone()) {
        bounds.add(reader.alone(relation));
        continue;
      }
      String value = value();
      if (relation == Relation.BEFORE || relation == Relation.AFTER) {
        bounds.add(reader.order(relation, value, takesWithin() ? value() : ""));
      } else {
        bounds.add(reader.bound(relation == null ? Relation.EXACTLY : relation, value));
      }
    }
    if (bounds.isEmpty()) {
      throw mistake("'" + fact.word() + "' must be what? Give a value, or 'none', 'at most 3'");
    }
    return bounds.size() == 1 ? bounds.get(0) : new AllOf(bounds);
  }

  /** Takes a relation of one or two words; null if none stands here. */
  private @Nullable Relation relation() {
    if (next >= words.size() || quoted.get(next)) {
      return null;
    }
    if (next + 1 < words.size() && !quoted.get(next + 1)) {
      Relation two = Relation.of(words.get(next) + "_" + words.get(next + 1));
      if (two != null) {
        next += 2;
        return two;
      }
    }
    Relation one = Relation.of(words.get(next));
    next += one == null ? 0 : 1;
    return one;
  }

  private boolean takesWithin() {
    int here = next;
    boolean within = relation() == Relation.WITHIN;
    next = within ? next : here;
    return within;
  }

  /** Takes the words up to the next relation. */
  private String value() {
    StringBuilder value = new StringBuilder();
    int from = next;
    while (next < words.size()) {
      if (next > from && isRelation()) {
        break;
      }
      value.append(next > from ? " " : "").append(words.get(next++));
    }
    if (next == from) {
      throw mistake("a value is missing at the end");
    }
    return value.toString();
  }

  /** Returns the index of the word that ends the subject, whose colon is taken away; -1 if none. */
  private int colon() {
    if (isFact(words.get(0))) {
      return -1;
    }
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!quoted.get(i) && word.endsWith(":")) {
        words.set(i, word.substring(0, word.length() - 1));
        return i;
      }
    }
    return -1;
  }

  /** Of a line without a subject a colon is part of the value. */
  private static boolean isFact(String word) {
    return Scope.of(word) == null
        && (Facts.ofWord(Scope.CONNECTION, word) != null
            || Facts.ofWord(Scope.CAPTURE, word) != null);
  }

  private void split() {
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if (c == '"' || c == '\'') {
        int end = line.indexOf(c, i + 1);
        if (end < 0) {
          throw mistake("a quote is not closed: " + line.substring(i));
        }
        add(line.substring(i + 1, end), true);
        i = end + 1;
      } else {
        int end = i;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
          end++;
        }
        add(line.substring(i, end), false);
        i = end;
      }
    }
    if (words.isEmpty()) {
      throw mistake("it is empty");
    }
  }

  private void add(String word, boolean inQuotes) {
    words.add(word);
    quoted.add(inQuotes);
  }

  private ExpectationException mistake(String what) {
    return new ExpectationException("'" + line + "': " + what);
  }
}
