package dev.conntrace.render;

import dev.conntrace.expect.FailureText;
import dev.conntrace.expect.Outcome;
import dev.conntrace.expect.VerdictCount;
import java.io.IOException;
import java.util.List;

/** Prints what became of expectations: those that do not hold with all that shows why. */
public final class OutcomesText {
  private final Appendable out;
  private final Line line;
  private final boolean all;

  /**
   * Prints to {@code out}.
   *
   * @param all whether to name those that hold, too
   */
  public OutcomesText(Appendable out, Layout layout, boolean all) {
    this.out = out;
    this.line = new Line(layout.palette());
    this.all = all;
  }

  /** Prints the outcomes of one capture, and how many there are of each verdict. */
  public void outcomes(String file, List<Outcome> outcomes) throws IOException {
    for (Outcome outcome : outcomes) {
      print(outcome);
    }
    VerdictCount count = VerdictCount.of(outcomes);
    line.add(Meaning.TITLE, Escaped.text(file)).add(": ");
    Meaning meaning =
        count.failed() > 0
            ? Meaning.ERROR
            : count.inconclusive() > 0 ? Meaning.WARNING : Meaning.GOOD;
    line.add(meaning, count.words()).printTo(out);
  }

  private void print(Outcome outcome) throws IOException {
    String title = Escaped.rest(outcome.expectation().title());
    String place = Escaped.text(place(outcome));
    switch (outcome.verdict()) {
      case PASSED -> {
        if (all) {
          line.add(Meaning.GOOD, "passed").add("        ").add(title).printTo(out);
        }
        return;
      }
      case FAILED -> line.add(Meaning.ERROR, "FAILED").add("        ");
      case INCONCLUSIVE -> line.add(Meaning.WARNING, "INCONCLUSIVE").add("  ");
    }
    line.add(title).add(Meaning.DIM, place).printTo(out);
    for (String text : FailureText.of(outcome)) {
      line.add("  ").add(Escaped.rest(text)).printTo(out);
    }
    out.append('\n');
  }

  private static String place(Outcome outcome) {
    int number = outcome.expectation().origin().line();
    return number == 0 ? "" : " (" + outcome.expectation().origin().file() + ":" + number + ")";
  }
}
