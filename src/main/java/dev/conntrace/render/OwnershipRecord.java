package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.trace.Ownership;
import dev.conntrace.trace.SocketOwner;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The record that says whose a connection is. */
final class OwnershipRecord {
  private OwnershipRecord() {}

  static void write(JsonGenerator json, String file, int connection, Ownership ownership)
      throws IOException {
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

  private static void process(JsonGenerator json, String side, @Nullable SocketOwner owner)
      throws IOException {
    if (owner == null) {
      return;
    }
    json.writeObjectFieldStart(side);
    json.writeNumberField("pid", owner.pid());
    json.writeStringField("command", owner.command());
    json.writeEndObject();
  }
}
