package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;

/** Says in a few words what a segment means: so few that they fit below its arrow. */
final class LadderWords {
  private LadderWords() {}

  /** Returns the words for a segment; empty where its arrow says all. */
  static Prose of(SegmentSeen event) {
    Prose prose = new Prose();
    for (Annotation annotation : VerdictWords.told(event.annotations())) {
      String words = brief(annotation, event.segment());
      if (!words.isEmpty()) {
        Emphasis emphasis = Emphasis.of(annotation.kind());
        prose.then("; ").add(emphasis.standsOut() ? emphasis.meaning() : null, words);
        prose.add(Meaning.DIM, annotation.confidence() == Confidence.CERTAIN ? "" : " (?)");
      }
    }
    if (prose.isEmpty() && event.segment().length() > 0) {
      PayloadPreview.addTo(prose, event.segment(), "");
    }
    return prose;
  }

  private static String brief(Annotation annotation, SegmentFacts segment) {
    return switch (annotation.kind()) {
      case SYN -> "asks for a connection";
      case SYN_ACK -> "agrees";
      case HANDSHAKE_COMPLETE -> "the connection is open";
      case RETRANSMISSION -> retransmission(annotation);
      case FAST_RETRANSMISSION -> "asked for by the " + segment.from().opposite().id();
      case TIMEOUT_RETRANSMISSION -> "the timer fired";
      case TAIL_LOSS_PROBE -> "did the end arrive?";
      case SPURIOUS_RETRANSMISSION -> "not lost";
      case OUT_OF_ORDER -> late(annotation);
      case DUPLICATE_PACKET -> "the same packet as " + frame(annotation);
      case PREVIOUS_SEGMENT_MISSING ->
          "bytes " + values(annotation) + " before it are missing here";
      case DUPLICATE_ACK -> "still wants byte " + segment.ackRel();
      case SACK -> "has bytes " + values(annotation) + " already";
      case CHALLENGE_ACK -> "does not accept " + frame(annotation);
      case FIN -> "no more data from the " + segment.from().id();
      case FIN_ACKED -> "acknowledges the FIN of " + frame(annotation);
      case CLOSE_COMPLETE -> "both FINs are acknowledged";
      case DELAYED_ACK -> "held back";
      case RESET -> "tears the connection down";
      // Their reasons stand beside them, or the state does.
      case TIME_WAIT, SYN_RETRANSMISSION, FIN_RETRANSMISSION -> "";
      default -> annotation.kind().title();
    };
  }

  private static String retransmission(Annotation annotation) {
    return switch (annotation.rule().id()) {
      case "seen-before", "partly-seen-before" -> "again, first sent in " + frame(annotation);
      case "too-large-before" -> "again: too large for the path before";
      default -> "again: the first copy did not come this far";
    };
  }

  private static String late(Annotation annotation) {
    return annotation.rule().id().equals("acked-before-captured")
        ? "captured after its ACK, " + frame(annotation)
        : "late: belongs before " + frame(annotation);
  }

  private static String frame(Annotation annotation) {
    return annotation.evidence().isEmpty()
        ? "an earlier frame"
        : "frame " + annotation.evidence().get(0);
  }

  private static String values(Annotation annotation) {
    return annotation.values().size() < 2
        ? "beyond a hole"
        : annotation.values().get(0) + "-" + annotation.values().get(1);
  }
}
