package dev.conntrace.trace.field;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field of a record: {@link PacketField} and {@link ConnectionField} list them all. */
public interface RecordField {
  /** Returns the name in records; a dot leads into an object: {@code rtt.median}. */
  String id();

  /** Returns what kind of value it holds. */
  FieldType type();

  /** Returns whether it holds any number of values; its value is a {@link List} of them then. */
  boolean isList();

  /** Returns the words that a {@link FieldType#WORD} can be; empty for other types. */
  List<String> words();

  /** Returns the one of {@code fields} that has this name, or null if none has. */
  static <F extends RecordField> @Nullable F named(F[] fields, String id) {
    for (F field : fields) {
      if (field.id().equals(id)) {
        return field;
      }
    }
    return null;
  }
}
