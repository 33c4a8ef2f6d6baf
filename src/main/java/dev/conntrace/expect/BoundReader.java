package dev.conntrace.expect;

import dev.conntrace.select.Matcher;
import dev.conntrace.select.NearestWords;
import dev.conntrace.select.Operator;
import dev.conntrace.select.SelectionException;
import dev.conntrace.select.ValueReader;
import dev.conntrace.trace.field.FieldType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what a fact must be from words: which words make sense is up to the fact's type. */
final class BoundReader {
  private static final String TOLERANCE = "+-";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private final Fact fact;
  private final Path folder;
  private final ValueReader values;

  /**
   * Prepares to read.
   *
   * @param folder where relative paths of files begin
   */
  BoundReader(Fact fact, Path folder) {
    this.fact = fact;
    this.folder = folder;
    this.values = new ValueReader(fact.word(), fact.type(), fact.words());
  }

  /** Returns the relation of this word, in which a space may stand for {@code _}. */
  static Relation relation(String word) {
    Relation relation = Relation.of(word.replace(' ', '_'));
    if (relation == null) {
      throw new ExpectationException(
          "there is no '" + word + "'" + NearestWords.question(word, Relation.all()));
    }
    return relation;
  }

  /** Reads a bound that needs no value. */
  Bound alone(Relation relation) {
    if (!relation.standsAlone()) {
      throw new ExpectationException("'" + relation.spoken() + "' needs a value");
    }
    boolean wanted = relation == Relation.SOME || relation == Relation.PRESENT;
    return new PresenceBound(relation.spoken(), wanted);
  }

  /**
   * Reads a bound with one value.
   *
   * @throws ExpectationException if the fact cannot be held against it so
   */
  Bound bound(Relation relation, String value) {
    if (relation.standsAlone()) {
      throw new ExpectationException(
          "'" + relation.spoken() + "' stands alone, without '" + value + "'");
    }
    if (relation == Relation.EXACTLY && isAlone(value)) {
      return alone(relation(value));
    }
    if (fact instanceof DirectionFact side && side.kind() == DirectionFact.Kind.PAYLOAD) {
      return payload(relation, value);
    }
    String words = relation.spoken() + " " + value;
    try {
      return switch (relation) {
        case EXACTLY -> new FieldBound(value, exactly(value), false);
        case NOT -> new FieldBound(words, exactly(value), true);
        case AT_MOST -> new FieldBound(words, values.compared(Operator.AT_MOST, value), false);
        case AT_LEAST -> new FieldBound(words, values.compared(Operator.AT_LEAST, value), false);
        case LESS_THAN -> new FieldBound(words, values.compared(Operator.LESS, value), false);
        case MORE_THAN -> new FieldBound(words, values.compared(Operator.GREATER, value), false);
        case ONE_OF -> oneOf(List.of(value.split("\\s*,\\s*")));
        case CONTAINS -> new FieldBound(words, values.contained(value, fact.isList()), false);
        case BEFORE, AFTER -> order(relation, value, "");
        case WITHIN -> throw new ExpectationException("'within' goes with 'before' or 'after'");
        case STARTS_WITH, EQUALS_FILE ->
            throw new ExpectationException(
                "'" + relation.spoken() + "' is for payload, not for '" + fact.word() + "'");
        case NONE, SOME, ABSENT, PRESENT -> throw new IllegalStateException("has no value");
      };
    } catch (SelectionException e) {
      throw new ExpectationException(e);
    }
  }

  /** A word of the fact's own comes first: a field may well be {@code none}. */
  private boolean isAlone(String value) {
    Relation alone = Relation.of(value);
    return alone != null
        && alone.standsAlone()
        && !fact.words().contains(value)
        && fact.type() != FieldType.TEXT;
  }

  /** Reads a bound that any of several values satisfies. */
  Bound oneOf(List<String> alternatives) {
    List<Matcher> matchers = new ArrayList<>();
    try {
      for (String alternative : alternatives) {
        matchers.add(exactly(alternative));
      }
    } catch (SelectionException e) {
      throw new ExpectationException(e);
    }
    return new FieldBound(
        "one of " + String.join(", ", alternatives), new Matcher.AnyOf(matchers), false);
  }

  private Matcher exactly(String value) throws SelectionException {
    if (fact instanceof DirectionFact side && side.kind() == DirectionFact.Kind.SHA256) {
      return values.compared(Operator.EQUAL, sha256(value));
    }
    int tolerance = value.indexOf(TOLERANCE);
    if (tolerance < 0 || fact.type() == FieldType.TEXT) {
      return values.compared(Operator.EQUAL, value);
    }
    return values.near(
        value.substring(0, tolerance).strip(),
        value.substring(tolerance + TOLERANCE.length()).strip());
  }

  private static String sha256(String digits) {
    if (!SHA256.matcher(digits).matches()) {
      throw new ExpectationException("'" + digits + "' is no SHA-256: give its 64 hex digits");
    }
    return digits.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads an order.
   *
   * @param relation {@code before} or {@code after}
   * @param event what it is held against
   * @param within how far apart they may be; empty for any time
   */
  Bound order(Relation relation, String event, String within) {
    Fact other = Facts.find(Scope.CONNECTION, event);
    if (!(fact instanceof EventFact) || !(other instanceof EventFact what)) {
      throw new ExpectationException(
          "'"
              + (fact instanceof EventFact ? event : fact.word())
              + "' is nothing that happens in a segment, so it has no order: give an annotation"
              + " or data");
    }
    long nanos = within.isEmpty() ? Long.MAX_VALUE : duration(within);
    String words = relation.spoken() + " " + event + (within.isEmpty() ? "" : " within " + within);
    return new OrderBound(words, what, relation == Relation.BEFORE, nanos);
  }

  private static long duration(String text) {
    try {
      Matcher matcher =
          new ValueReader("within", FieldType.DURATION, List.of()).compared(Operator.AT_MOST, text);
      return ((Matcher.Compared) matcher).bound().amount();
    } catch (SelectionException e) {
      throw new ExpectationException(e);
    }
  }

  private Bound payload(Relation relation, String value) {
    String words = relation.spoken() + " " + ValueText.quoted(value);
    return relation == Relation.EQUALS_FILE
        ? new PayloadBound(words, relation, null, folder.resolve(value))
        : payload(relation, words, bytes(value));
  }

  /** Returns a bound of payload that is these very bytes. */
  static Bound payload(Relation relation, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return payload(relation, relation.spoken() + " " + ValueText.quoted(text), text);
  }

  private static Bound payload(Relation relation, String words, String bytes) {
    return switch (relation) {
      case EXACTLY, NOT, STARTS_WITH, CONTAINS -> new PayloadBound(words, relation, bytes, null);
      default ->
          throw new ExpectationException(
              "'"
                  + relation.spoken()
                  + "' is not for payload: give exactly, not, starts_with, contains or"
                  + " equals_file");
    };
  }

  /** Text is UTF-8; {@code 0x16 03 01} are bytes in hexadecimal digits. */
  private static String bytes(String value) {
    String digits = value.startsWith("0x") ? value.substring(2).replace(" ", "") : "";
    if (!digits.isEmpty() && digits.length() % 2 == 0) {
      try {
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
      } catch (IllegalArgumentException e) {
        // Not meant as digits, then.
      }
    }
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
