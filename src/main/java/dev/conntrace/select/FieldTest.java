package dev.conntrace.select;

import dev.conntrace.select.Operand.Needs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question about one field.
 *
 * <p>Where the field is absent the answer is no, to every question. Of a list of values one that
 * fits is enough; for {@code !=} none may be equal.
 *
 * @param operand what is looked at
 * @param question what is asked
 * @param matcher what a value must be; null where no value is given
 * @param number which of the tests of finished connections it is, from 0; their answers are bits of
 *     {@link Subject#truths}
 */
record FieldTest(Operand operand, Question question, @Nullable Matcher matcher, int number)
    implements Condition {
  /** What can be asked. */
  enum Question {
    /** Whether a value fits. */
    FITS,
    /** Whether there are values, and none fits. */
    FITS_NOT,
    /** Whether the field is there. */
    EXISTS,
    /** Whether it is there and neither false nor 0 nor empty. */
    IS_SET
  }

  /** How many tests of finished connections there may be: the bits of a long. */
  static final int MOST_OF_CONNECTIONS = Long.SIZE;

  @Override
  public boolean holds(Subject subject) {
    if (operand.needs() == Needs.CONNECTION && subject.report() == null) {
      return (subject.truths() >> number & 1) != 0;
    }
    Object value = operand.value(subject);
    if (value == null) {
      return false;
    }
    return switch (question) {
      case FITS -> fits(value, subject.startNanos());
      case FITS_NOT -> !fits(value, subject.startNanos());
      case EXISTS -> !(operand instanceof Operand.CountOf) || !value.equals(0L);
      case IS_SET -> isSet(value);
    };
  }

  @Override
  public boolean mayHold(Subject subject) {
    return operand.needs() != Needs.IDENTITY || holds(subject);
  }

  @Override
  public long truths(Subject connection) {
    return operand.needs() == Needs.CONNECTION && holds(connection) ? 1L << number : 0;
  }

  private boolean fits(Object value, long startNanos) {
    if (matcher == null) {
      return false;
    }
    if (!(value instanceof List<?> values)) {
      return matcher.matches(value, startNanos);
    }
    for (Object one : values) {
      if (matcher.matches(one, startNanos)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSet(Object value) {
    if (value instanceof List<?> values) {
      return !values.isEmpty();
    }
    return !value.equals(false) && !value.equals(0L) && !value.equals("");
  }
}
