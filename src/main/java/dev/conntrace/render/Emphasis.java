package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import java.util.List;

/** How much a finding should draw the eye. A kind that is not named here is a plain notice. */
enum Emphasis {
  /** Happens all the time and hides nothing: may be folded away. */
  QUIET,
  /** Part of every orderly connection: shown, but nothing to worry about. */
  ORDINARY,
  /** Worth knowing. */
  NOTICE,
  /** Something went wrong and TCP deals with it. */
  WARNING,
  /** The connection failed or contradicts itself. */
  ERROR;

  static Emphasis of(AnnotationKind kind) {
    return switch (kind) {
      case DELAYED_ACK, STRETCH_ACK, WINDOW_UPDATE -> QUIET;
      case SYN, SYN_ACK, HANDSHAKE_COMPLETE, FIN, FIN_ACKED, CLOSE_COMPLETE, TIME_WAIT -> ORDINARY;
      case RETRANSMISSION,
          FAST_RETRANSMISSION,
          TIMEOUT_RETRANSMISSION,
          TAIL_LOSS_PROBE,
          SYN_RETRANSMISSION,
          FIN_RETRANSMISSION,
          SPURIOUS_RETRANSMISSION,
          OUT_OF_ORDER,
          PREVIOUS_SEGMENT_MISSING,
          ACKED_UNSEEN_SEGMENT,
          ZERO_WINDOW,
          ZERO_WINDOW_PROBE,
          WINDOW_FULL,
          WINDOW_SHRUNK,
          BEYOND_WINDOW,
          ECN_CE,
          FRAGMENTATION_NEEDED,
          BAD_CHECKSUM,
          RESET_IGNORED ->
          WARNING;
      case REFUSED,
          RESET,
          OVERLAP_CONFLICT,
          SACK_INVALID,
          SACK_RENEGING,
          KEEP_ALIVE_TIMEOUT,
          ICMP_UNREACHABLE,
          DATA_AFTER_CLOSE ->
          ERROR;
      default -> NOTICE;
    };
  }

  /** Returns the strongest of several findings; {@link #QUIET} for none. */
  static Emphasis of(List<Annotation> annotations) {
    Emphasis strongest = QUIET;
    for (Annotation annotation : annotations) {
      Emphasis emphasis = of(annotation.kind());
      if (emphasis.compareTo(strongest) > 0) {
        strongest = emphasis;
      }
    }
    return strongest;
  }

  /** Returns whether a reader who looks for trouble wants to hear of it. */
  boolean standsOut() {
    return compareTo(NOTICE) >= 0;
  }

  /** Returns the colour of text that says it. */
  Meaning meaning() {
    return switch (this) {
      case QUIET, ORDINARY -> Meaning.GOOD;
      case NOTICE -> Meaning.NOTICE;
      case WARNING -> Meaning.WARNING;
      case ERROR -> Meaning.ERROR;
    };
  }

  /** Begins a line with the mark that says it without colour. */
  void addMarkTo(Line line) {
    switch (this) {
      case QUIET, ORDINARY, NOTICE -> line.skip(1);
      case WARNING -> line.add(meaning(), "!");
      case ERROR -> line.add(meaning(), "X");
    }
  }
}
