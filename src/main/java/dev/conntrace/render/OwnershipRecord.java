package dev.conntrace.render;

import dev.conntrace.trace.Ownership;
import dev.conntrace.trace.SocketOwner;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The record that says whose a connection is. */
final class OwnershipRecord {
  private OwnershipRecord() {}

  static void write(JsonWriter json, String file, int connection, Ownership ownership) {
    RecordFields.begin(json, "ownership", file);
    json.writeNumberField("connection", connection);
    json.writeStringField(
        "owner",
        ownership.kind() == Ownership.Kind.OWN
            ? "command"
            : ownership.kind().name().toLowerCase(Locale.ROOT));
    process(json, "client", ownership.client());
    process(json, "server", ownership.server());
    json.writeEndObject();
  }

  private static void process(JsonWriter json, String side, @Nullable SocketOwner owner) {
    if (owner == null) {
      return;
    }
    json.writeObjectFieldStart(side);
    json.writeNumberField("pid", owner.pid());
    json.writeStringField("command", owner.command());
    json.writeEndObject();
  }
}
