package dev.conntrace.expect;

import dev.conntrace.trace.field.FieldType;
import java.util.List;

/**
 * Something that can be read from a capture, a connection or a segment, by its name. {@link Facts}
 * finds and lists them.
 */
public sealed interface Fact
    permits CaptureFact,
        ConnectionFact,
        DirectionFact,
        EventFact,
        FieldFact,
        GoldenFact,
        NumberFact,
        TotalFact {
  /** Returns its name in rules. */
  String word();

  /** Returns what it is read from. */
  Scope scope();

  /** Returns what kind of value it has. */
  FieldType type();

  /** Returns the words that a {@link FieldType#WORD} can be; empty for other types. */
  default List<String> words() {
    return List.of();
  }

  /** Returns whether it holds any number of values; its value is a {@link List} of them then. */
  default boolean isList() {
    return false;
  }

  /** Returns what it means, in plain words, without a full stop. */
  String meaning();

  /** Returns whether it can be read only where payload was kept. */
  default boolean needsPayload() {
    return false;
  }

  /** Reads it. */
  Reading read(Observed observed);
}
