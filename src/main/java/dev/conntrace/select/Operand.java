package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.FieldType;
import dev.conntrace.trace.field.PacketField;
import dev.conntrace.trace.field.RecordField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test looks at: a field of the records, or what is made of several. */
sealed interface Operand {
  /** What must be known before an operand has a value. */
  enum Needs {
    /** A connection's number or addresses, which its first segment tells. */
    IDENTITY,
    SEGMENT,
    /** A connection that is finished. */
    CONNECTION
  }

  Needs needs();

  FieldType type();

  /** Returns the words that it can be; empty if it is no word. */
  default List<String> words() {
    return List.of();
  }

  /** Returns the value, a {@link List} of several, or null where it is absent. */
  @Nullable Object value(Subject subject);

  /** A field of a packet's record. */
  record OfPacket(PacketField field) implements Operand {
    @Override
    public Needs needs() {
      return field == PacketField.CONNECTION ? Needs.IDENTITY : Needs.SEGMENT;
    }

    @Override
    public FieldType type() {
      return field.type();
    }

    @Override
    public List<String> words() {
      return field.words();
    }

    @Override
    public @Nullable Object value(Subject subject) {
      if (field == PacketField.CONNECTION) {
        return (long) subject.connection();
      }
      SegmentSeen segment = subject.segment();
      return segment == null ? null : field.of(segment);
    }
  }

  /** A field of a connection's record. */
  record OfConnection(ConnectionField field) implements Operand {
    @Override
    public Needs needs() {
      return switch (field) {
        case CONNECTION, CLIENT, SERVER -> Needs.IDENTITY;
        default -> Needs.CONNECTION;
      };
    }

    @Override
    public FieldType type() {
      return field.type();
    }

    @Override
    public List<String> words() {
      return field.words();
    }

    @Override
    public @Nullable Object value(Subject subject) {
      ConnectionReport report = subject.report();
      return switch (field) {
        case CONNECTION -> (long) subject.connection();
        case CLIENT -> subject.key().client();
        case SERVER -> subject.key().server();
        default -> report == null ? null : field.of(report);
      };
    }
  }

  /** How many segments of a connection carry an annotation; 0 where none does. */
  record CountOf(AnnotationKind kind) implements Operand {
    @Override
    public Needs needs() {
      return Needs.CONNECTION;
    }

    @Override
    public FieldType type() {
      return FieldType.NUMBER;
    }

    @Override
    public @Nullable Object value(Subject subject) {
      ConnectionReport report = subject.report();
      return report == null ? null : report.annotations().getOrDefault(kind, 0L);
    }
  }

  /** The ports of both sides. */
  record Ports() implements Operand {
    @Override
    public Needs needs() {
      return Needs.IDENTITY;
    }

    @Override
    public FieldType type() {
      return FieldType.NUMBER;
    }

    @Override
    public Object value(Subject subject) {
      return List.of((long) subject.key().client().port(), (long) subject.key().server().port());
    }
  }

  /**
   * An object of a record, which is there if any field of it is.
   *
   * @param members an operand for each of the fields
   */
  record Group(List<Operand> members) implements Operand {
    @Override
    public Needs needs() {
      return members.get(0).needs();
    }

    @Override
    public FieldType type() {
      return FieldType.TRUTH;
    }

    @Override
    public @Nullable Object value(Subject subject) {
      for (Operand member : members) {
        Object value = member.value(subject);
        if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
          return true;
        }
      }
      return null;
    }
  }

  /** Returns the operand for a field of either kind of record. */
  static Operand of(RecordField field) {
    return field instanceof PacketField packet
        ? new OfPacket(packet)
        : new OfConnection((ConnectionField) field);
  }
}
