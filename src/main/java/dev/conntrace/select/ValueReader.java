package dev.conntrace.select;

import dev.conntrace.trace.field.FieldType;
import java.util.List;

/** Reads the values that a field is compared with: what they mean is up to the field's type. */
public final class ValueReader {
  private static final String FLAG_LETTERS = "FSRPAUECN";

  private final String name;
  private final FieldType type;
  private final List<String> words;

  /**
   * Prepares to read.
   *
   * @param name the field's name, for messages
   */
  ValueReader(String name, Operand operand) {
    this(name, operand.type(), operand.words());
  }

  /**
   * Prepares to read.
   *
   * @param name the field's name, for messages
   * @param words what a {@link FieldType#WORD} can be
   */
  public ValueReader(String name, FieldType type, List<String> words) {
    this.name = name;
    this.type = type;
    this.words = words;
  }

  /**
   * Returns what fits {@code operator value}; of {@link Operator#NOT_EQUAL} what fits its opposite.
   *
   * @throws SelectionException if the type cannot be compared so, or the value is none of it
   */
  public Matcher compared(Operator operator, String value) throws SelectionException {
    if (isQuantity()) {
      Operator positive = operator == Operator.NOT_EQUAL ? Operator.EQUAL : operator;
      return new Matcher.Compared(positive, quantity(value));
    }
    if (operator.isOrder()) {
      throw new SelectionException(
          "'" + name + "' has no order: compare it with == or !=, not with " + operator.sign());
    }
    return equal(value);
  }

  /**
   * Returns what fits {@code contains value}.
   *
   * @throws SelectionException if values of the type contain nothing
   */
  public Matcher contained(String value, boolean isList) throws SelectionException {
    if (type == FieldType.FLAGS) {
      return new Matcher.WithLetters(letters(value));
    }
    if (type == FieldType.TEXT) {
      return new Matcher.Holding(value);
    }
    if (!isList) {
      throw new SelectionException("'" + name + "' holds one value: compare it with ==");
    }
    return compared(Operator.EQUAL, value);
  }

  /**
   * Returns what fits {@code in first..last}.
   *
   * @throws SelectionException if values of the type have no order, one is none of it, or the first
   *     is beyond the last
   */
  public Matcher between(String first, String last) throws SelectionException {
    if (!isQuantity()) {
      throw new SelectionException("'" + name + "' has no order, and so no range from .. to");
    }
    Quantity from = quantity(first);
    Quantity to = quantity(last);
    if (from.isRelative() == to.isRelative() && from.amount() > to.amount()) {
      throw new SelectionException(
          "nothing is in " + first + ".." + last + ": give the lower end of a range first");
    }
    return new Matcher.Between(from, to);
  }

  /**
   * Returns what fits {@code value} give or take {@code tolerance}, which is of the same type or a
   * part of the value: {@code 20 %}.
   *
   * @throws SelectionException if values of the type have no order, or one is none of it
   */
  public Matcher near(String value, String tolerance) throws SelectionException {
    if (!isQuantity()) {
      throw new SelectionException("'" + name + "' has no order, and so nothing is near a value");
    }
    Quantity quantity = quantity(value);
    long middle = quantity.amount();
    long margin =
        tolerance.endsWith("%")
            ? Quantities.percent(tolerance, middle)
            : quantity(tolerance).amount();
    if (margin < 0) {
      throw new SelectionException("a tolerance is not negative: '" + tolerance + "'");
    }
    long first = middle - margin > middle ? Long.MIN_VALUE : middle - margin;
    long last = middle + margin < middle ? Long.MAX_VALUE : middle + margin;
    return new Matcher.Between(
        new Quantity(first, quantity.isRelative()), new Quantity(last, quantity.isRelative()));
  }

  private boolean isQuantity() {
    return type == FieldType.NUMBER || type == FieldType.DURATION || type == FieldType.TIME;
  }

  private Quantity quantity(String value) throws SelectionException {
    return switch (type) {
      case DURATION -> Quantities.duration(value);
      case TIME -> Quantities.time(value);
      default -> Quantities.number(value);
    };
  }

  private Matcher equal(String value) throws SelectionException {
    return switch (type) {
      case WORD -> new Matcher.Same(word(value));
      case FLAGS -> new Matcher.Same(letters(value));
      case ADDRESS ->
          value.indexOf('/') > 0
              ? new Matcher.Inside(Network.parse(value))
              : new Matcher.At(AddressPattern.parse(value));
      case TRUTH -> truth(value);
      default -> new Matcher.Same(value);
    };
  }

  /** Returns the word as records write it, whatever its case. */
  private String word(String value) throws SelectionException {
    for (String word : words) {
      if (word.equalsIgnoreCase(value)) {
        return word;
      }
    }
    String question = NearestWords.question(value, words);
    throw new SelectionException(
        "'"
            + name
            + "' is never '"
            + value
            + "'"
            + (question.isEmpty() && words.size() <= 12
                ? ": it is " + String.join(", ", words)
                : question));
  }

  /** Returns the letters in the order of records. */
  private static String letters(String value) throws SelectionException {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      if (FLAG_LETTERS.indexOf(value.charAt(i)) < 0) {
        throw new SelectionException(
            "'" + value + "' are no flags: give letters of " + FLAG_LETTERS + ", as in SA or FA");
      }
    }
    for (int i = 0; i < FLAG_LETTERS.length(); i++) {
      if (value.indexOf(FLAG_LETTERS.charAt(i)) >= 0) {
        letters.append(FLAG_LETTERS.charAt(i));
      }
    }
    return letters.toString();
  }

  private Matcher truth(String value) throws SelectionException {
    return switch (value) {
      case "true" -> new Matcher.Truth(true);
      case "false" -> new Matcher.Truth(false);
      default ->
          throw new SelectionException(
              "'" + name + "' is true, false or absent, never '" + value + "'");
    };
  }
}
