package dev.conntrace.expect;

import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;

/** Something in a file of rules that cannot be understood. */
final class RuleMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Node node;

  /** Says what is wrong with a part of the file. */
  RuleMistake(Node node, String message) {
    super(message);
    this.node = node;
  }

  Node node() {
    return node;
  }

  /** Returns what is made of a part of the file; where that fails, the mistake is there. */
  static <T> T in(Node node, Supplier<T> made) {
    try {
      return made.get();
    } catch (ExpectationException e) {
      throw new RuleMistake(node, String.valueOf(e.getMessage()));
    }
  }
}
