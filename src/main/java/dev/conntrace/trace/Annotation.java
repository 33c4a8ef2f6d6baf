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
 * @param doubt what about the capture keeps it from being certain; null if nothing
 */
public record Annotation(
    AnnotationKind kind,
    Rule rule,
    List<Long> evidence,
    List<Long> values,
    Confidence confidence,
    @Nullable AnnotationKind alternative,
    CaptureQuality.@Nullable Problem doubt) {

  /** A verdict that the capture itself gives no reason to doubt. */
  public Annotation(
      AnnotationKind kind,
      Rule rule,
      List<Long> evidence,
      List<Long> values,
      Confidence confidence,
      @Nullable AnnotationKind alternative) {
    this(kind, rule, evidence, values, confidence, alternative, null);
  }

  /** Returns the verdict in plain words, without a full stop: what happened and why. */
  public String text(SegmentFacts segment) {
    return NoteText.fill(rule.template(), segment, evidence, values);
  }

  /**
   * Returns the same verdict with certainty lowered to "likely": not all evidence was waited for.
   */
  public Annotation atMostLikely() {
    return confidence == Confidence.CERTAIN
        ? new Annotation(kind, rule, evidence, values, Confidence.LIKELY, alternative, doubt)
        : this;
  }
}
