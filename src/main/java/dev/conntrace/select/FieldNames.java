package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import dev.conntrace.trace.field.RecordField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name in an expression stands for.
 *
 * <p>A name that both kinds of record have ({@code client_state}) is that of the records that are
 * asked for; {@code packet.} or {@code connection.} before it says which.
 */
final class FieldNames {
  private static final String PACKET = "packet.";
  private static final String CONNECTION = "connection.";
  private static final String COUNT = "annotations.";

  private final boolean packetsFirst;

  FieldNames(boolean packetsFirst) {
    this.packetsFirst = packetsFirst;
  }

  /**
   * Returns what a name stands for.
   *
   * @throws SelectionException if it stands for nothing; the message names the nearest
   */
  Operand find(String name) throws SelectionException {
    Operand found;
    if (name.startsWith(PACKET)) {
      found = ofPacket(name.substring(PACKET.length()));
    } else if (name.startsWith(CONNECTION)) {
      found = ofConnection(name.substring(CONNECTION.length()));
    } else {
      found = packetsFirst ? ofPacket(name) : ofConnection(name);
      if (found == null) {
        found = packetsFirst ? ofConnection(name) : ofPacket(name);
      }
    }
    if (found == null) {
      throw new SelectionException(
          "there is no field '"
              + name
              + "'"
              + NearestWords.question(name, all())
              + " ('conntrace explain where' lists them all)");
    }
    return found;
  }

  private static @Nullable Operand ofPacket(String name) {
    String full = name.equals("annotation") ? "annotations" : name;
    PacketField field = PacketField.ofId(full);
    return field != null ? new Operand.OfPacket(field) : group(full, PacketField.values());
  }

  private static @Nullable Operand ofConnection(String name) {
    String full =
        switch (name) {
          case "annotation" -> "annotations";
          case "capture_quality" -> "capture_quality.id";
          default -> name;
        };
    ConnectionField field = ConnectionField.ofId(full);
    if (field != null) {
      return new Operand.OfConnection(field);
    }
    if (full.equals("port")) {
      return new Operand.Ports();
    }
    if (full.startsWith(COUNT)) {
      AnnotationKind kind = AnnotationKind.ofId(full.substring(COUNT.length()));
      return kind == null ? null : new Operand.CountOf(kind);
    }
    return group(full, ConnectionField.values());
  }

  private static @Nullable Operand group(String name, RecordField[] fields) {
    List<Operand> members = new ArrayList<>();
    for (RecordField field : fields) {
      if (field.id().startsWith(name + ".")) {
        members.add(Operand.of(field));
      }
    }
    return members.isEmpty() ? null : new Operand.Group(members);
  }

  private static List<String> all() {
    List<String> names = new ArrayList<>();
    for (PacketField field : PacketField.values()) {
      names.add(field.id());
    }
    for (ConnectionField field : ConnectionField.values()) {
      names.add(field.id());
    }
    names.add("port");
    names.add("annotation");
    for (AnnotationKind kind : AnnotationKind.values()) {
      names.add(COUNT + kind.id());
    }
    return names;
  }
}
