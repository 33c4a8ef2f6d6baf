package dev.conntrace.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict on one segment, with what it rests on.
 *
 * @param kind what the segment is
 * @param rule the rule that said so
 * @param evidence up to four frames that prove it, the most telling first
 * @param values up to four numbers that the rule's sentence names
 * @param confidence how far the evidence goes
 * @param alternative what it could be instead; null where there is no doubt
 */
public record Annotation(
    AnnotationKind kind,
    Rule rule,
    List<Long> evidence,
    List<Long> values,
    Confidence confidence,
    @Nullable AnnotationKind alternative) {

  /** Returns the verdict in plain words, without a full stop: what happened and why. */
  public String text(SegmentFacts segment) {
    return NoteText.fill(rule.template(), segment, evidence, values);
  }

  /**
   * Returns the same verdict with certainty lowered to "likely": not all evidence was waited for.
   */
  public Annotation atMostLikely() {
    return confidence == Confidence.CERTAIN
        ? new Annotation(kind, rule, evidence, values, Confidence.LIKELY, alternative)
        : this;
  }
}
