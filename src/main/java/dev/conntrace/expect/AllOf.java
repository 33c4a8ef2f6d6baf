package dev.conntrace.expect;

import java.util.List;

/**
 * Several bounds of one fact, all of which must hold.
 *
 * @param bounds at least two
 */
record AllOf(List<Bound> bounds) implements Bound {
  @Override
  public String words() {
    StringBuilder words = new StringBuilder();
    for (Bound bound : bounds) {
      words.append(words.length() == 0 ? "" : " ").append(bound.words());
    }
    return words.toString();
  }

  @Override
  public Judgement judge(Fact fact, Observed observed) {
    Judgement worst = bounds.get(0).judge(fact, observed);
    for (Bound bound : bounds.subList(1, bounds.size())) {
      Judgement judgement = bound.judge(fact, observed);
      worst = judgement.verdict().compareTo(worst.verdict()) > 0 ? judgement : worst;
    }
    return worst;
  }
}
