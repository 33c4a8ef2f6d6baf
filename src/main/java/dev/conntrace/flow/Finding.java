package dev.conntrace.flow;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One verdict while it is made: plain numbers in a reused object, so that a capture nobody prints
 * costs no garbage.
 */
public final class Finding {
  private static final int MAX_EVIDENCE = 4;
  private static final int MAX_VALUES = 4;
  private static final long NO_ENTRY = -1;

  private AnnotationKind kind = AnnotationKind.SYN;
  private @Nullable Rule rule;
  private long target;
  private final long[] evidence = new long[MAX_EVIDENCE];
  private int evidenceCount;
  private final long[] values = new long[MAX_VALUES];
  private int valueCount;
  private Confidence confidence = Confidence.CERTAIN;
  private @Nullable AnnotationKind alternative;
  private long entry = NO_ENTRY;
  private @Nullable Problem doubt;
  private boolean strengthens;
  private boolean withdrawal;
  private long withdrawnNanos;

  /** Begins a verdict on the segment of frame {@code target}; certain until said otherwise. */
  Finding begin(AnnotationKind kind, Rule rule, long target) {
    this.kind = kind;
    this.rule = rule;
    this.target = target;
    evidenceCount = 0;
    valueCount = 0;
    confidence = Confidence.CERTAIN;
    alternative = null;
    doubt = null;
    withdrawal = false;
    strengthens = false;
    entry = NO_ENTRY;
    return this;
  }

  /**
   * Says which entry of the receiver's ledger it is about: a retransmission that was not needed, or
   * a first copy that was thrown away.
   */
  public Finding onEntry(long number) {
    entry = number;
    return this;
  }

  /** The entry has been called so already: this is better evidence at most, and counts no more. */
  public void onlyStrengthens() {
    strengthens = true;
  }

  /** Returns whether it has been counted before. */
  public boolean isOnlyStrengthening() {
    return strengthens;
  }

  /** Returns that entry; negative if it is about none. */
  long entry() {
    return entry;
  }

  /** Begins the taking back of a verdict on the segment of frame {@code target}. */
  void beginWithdrawal(AnnotationKind kind, long target, long timeNanos) {
    this.kind = kind;
    this.target = target;
    withdrawal = true;
    entry = NO_ENTRY;
    withdrawnNanos = timeNanos;
  }

  /** Returns whether this takes an earlier verdict back. */
  public boolean isWithdrawal() {
    return withdrawal;
  }

  /** Returns when the segment was seen on which the verdict is taken back. */
  long withdrawnNanos() {
    return withdrawnNanos;
  }

  /** Names a frame that proves it; 0, which is no frame, is left out, and so is a fifth. */
  public Finding frame(long frame) {
    if (frame > 0 && evidenceCount < MAX_EVIDENCE) {
      evidence[evidenceCount++] = frame;
    }
    return this;
  }

  /** Adds a number that the rule's sentence names. */
  public Finding value(long value) {
    values[valueCount++] = value;
    return this;
  }

  /** The evidence makes it probable, no more. */
  public Finding likely() {
    confidence = Confidence.LIKELY;
    return this;
  }

  /** The evidence makes it probable, and this is what it could be instead. */
  public Finding likelyNot(AnnotationKind other) {
    confidence = Confidence.LIKELY;
    alternative = other;
    return this;
  }

  /** The evidence does not decide; this is what it could be as well. */
  public Finding orMaybe(AnnotationKind other) {
    confidence = Confidence.AMBIGUOUS;
    alternative = other;
    return this;
  }

  /** The capture cannot be believed so far: it is likely at best, and this is why. */
  void doubt(Problem problem) {
    doubt = problem;
    if (confidence == Confidence.CERTAIN) {
      confidence = Confidence.LIKELY;
    }
  }

  /** Returns whether a rule of this name said so. */
  boolean isBy(String ruleId) {
    return rule != null && rule.id().equals(ruleId);
  }

  /** Returns what it calls the segment. */
  public AnnotationKind kind() {
    return kind;
  }

  /** The frame that it is about: the present one, or an earlier one on which there is news. */
  public long target() {
    return target;
  }

  Annotation toAnnotation() {
    if (rule == null) {
      throw new IllegalStateException("a finding without a rule");
    }
    return new Annotation(
        kind,
        rule,
        listOf(evidence, evidenceCount),
        listOf(values, valueCount),
        confidence,
        alternative,
        doubt);
  }

  private static List<Long> listOf(long[] numbers, int count) {
    List<Long> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(numbers[i]);
    }
    return list;
  }
}
