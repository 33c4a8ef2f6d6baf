package dev.conntrace.render;

import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TcpState;

/** Says that an endpoint changed its state. */
final class StateWords {
  private StateWords() {}

  /** Returns who changed, from what to what, and why. */
  static Prose full(StateChanged change) {
    Prose prose = new Prose();
    prose.add(Arrow.colour(change.side()), change.side().id()).add(" ");
    String before = change.before() == TcpState.UNKNOWN ? "" : change.before() + " -> ";
    prose.add(Meaning.STATE, before + change.after());
    prose.add(Meaning.DIM, change.cause().isEmpty() ? "" : ": " + change.cause());
    if (change.confidence() != Confidence.CERTAIN) {
      prose.add(Meaning.DIM, " (" + change.confidence().id() + ")");
    }
    return prose;
  }

  /** Returns the new state alone; a question mark says that it is not certain. */
  static String brief(StateChanged change) {
    return change.after() + (change.confidence() == Confidence.CERTAIN ? "" : "?");
  }
}
