package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.field.FieldType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every word that can be expected holds where it is so, and fails where it is not. */
class FactsTest {
  private static final Trace QUESTION = Recorded.of(Recorded.QUESTION);

  private static Stream<Fact> facts() {
    return Stream.of(Scope.values()).flatMap(scope -> Facts.all(scope).stream());
  }

  @ParameterizedTest
  @MethodSource("facts")
  void holdsWhereItIsSoAndFailsWhereItIsNot(Fact fact) {
    Subject subject = Subject.of(fact.scope());
    if (fact.scope() == Scope.SEGMENT) {
      subject = subject.with("frames", "4");
    }
    Object value = fact.read(subject.in(QUESTION).get(0)).value();
    Expectation holds;
    Expectation fails;
    if (value == null || (value instanceof List<?> list && list.isEmpty())) {
      holds = Expectations.of(subject, fact.word(), Relation.ABSENT);
      fails = Expectations.of(subject, fact.word(), Relation.PRESENT);
    } else {
      String text = text(fact, value instanceof List<?> list ? list.get(0) : value);
      holds = Expectations.of(subject, fact.word(), Relation.EXACTLY, text);
      fails = Expectations.of(subject, fact.word(), Relation.NOT, text);
    }

    assertEquals(Verdict.PASSED, holds.check(QUESTION).verdict(), holds.words());
    Outcome outcome = fails.check(QUESTION);
    assertEquals(Verdict.FAILED, outcome.verdict(), fails.words());
    Violation violation = outcome.violations().get(0);
    assertEquals(fact.word(), violation.field());
    String message = FailureText.of(violation).get(0);
    assertTrue(
        message.startsWith(fact.word() + ": expected " + fails.bound().words() + ", found "),
        message);
    assertTrue(message.endsWith(violation.actual()), message);
  }

  /** The value as a file of rules would give it. */
  private static String text(Fact fact, Object value) {
    return switch (fact.type()) {
      case DURATION -> value + "ns";
      case TIME -> ValueText.of(FieldType.TIME, value);
      case NUMBER, WORD, TEXT, FLAGS, ADDRESS, TRUTH -> value.toString();
    };
  }

  @Test
  void everyFactIsFoundByItsNameWithUnderscores() {
    facts()
        .forEach(
            fact -> {
              assertEquals(fact, Facts.find(fact.scope(), fact.word()));
              assertEquals(fact, Facts.find(fact.scope(), fact.word().replace('.', '_')));
              assertFalse(fact.meaning().isEmpty(), fact.word());
            });
  }
}
