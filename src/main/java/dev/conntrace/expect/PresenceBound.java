package dev.conntrace.expect;

import java.util.List;

/**
 * Whether a fact is there at all: a count of 0 and an empty list count as not.
 *
 * @param words it in words: {@code none}, {@code some}, {@code absent} or {@code present}
 * @param wanted whether it must be there
 */
record PresenceBound(String words, boolean wanted) implements Bound {
  @Override
  public Judgement judge(Fact fact, Observed observed) {
    Reading reading = fact.read(observed);
    Object value = reading.value();
    boolean there =
        value != null
            && !value.equals(0L)
            && !value.equals("")
            && !value.equals(false)
            && !(value instanceof List<?> list && list.isEmpty());
    if (!there && !reading.doubt().isEmpty()) {
      return new Judgement(Verdict.INCONCLUSIVE, reading.doubt(), reading.frame());
    }
    return Judgement.of(there == wanted, ValueText.of(fact.type(), value), reading.frame());
  }
}
