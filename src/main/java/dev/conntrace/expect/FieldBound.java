package dev.conntrace.expect;

import dev.conntrace.select.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value compared with another. Of a list of values one that fits is enough; for {@code not} none
 * may.
 *
 * @param words it in words
 * @param matcher what must fit, or for {@code negated} must not
 */
record FieldBound(String words, Matcher matcher, boolean negated) implements Bound {
  @Override
  public Judgement judge(Fact fact, Observed observed) {
    Reading reading = fact.read(observed);
    if (reading.value() == null && !reading.doubt().isEmpty()) {
      return new Judgement(Verdict.INCONCLUSIVE, reading.doubt(), reading.frame());
    }
    long start = observed.trace().startNanos();
    boolean holds = reading.value() != null && fits(reading.value(), start) != negated;
    return Judgement.of(holds, ValueText.of(fact.type(), reading.value()), reading.frame());
  }

  private boolean fits(Object value, long startNanos) {
    if (!(value instanceof List<?> values)) {
      return matcher.matches(value, startNanos);
    }
    for (@Nullable Object one : values) {
      if (one != null && matcher.matches(one, startNanos)) {
        return true;
      }
    }
    return false;
  }
}
