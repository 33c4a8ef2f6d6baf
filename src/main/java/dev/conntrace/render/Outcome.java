package dev.conntrace.render;

import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;

/** How well an opening or a closing went, as a colour. */
final class Outcome {
  private Outcome() {}

  static Meaning colour(Opened opened) {
    return switch (opened) {
      case THREE_WAY, SIMULTANEOUS, SPLIT, FAST_OPEN, SELF -> Meaning.GOOD;
      case MIDSTREAM -> Meaning.NOTICE;
      case FILTERED, UNANSWERED, INCOMPLETE -> Meaning.WARNING;
      case REFUSED -> Meaning.ERROR;
    };
  }

  static Meaning colour(Closed closed) {
    return switch (closed) {
      case FOUR_SEGMENT, THREE_SEGMENT, SIMULTANEOUS -> Meaning.GOOD;
      case HALF_CLOSED, OPEN -> Meaning.NOTICE;
      case RESET, NEVER_OPENED -> Meaning.ERROR;
    };
  }
}
