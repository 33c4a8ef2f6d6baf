package dev.conntrace.render;

import dev.conntrace.expect.Difference;
import dev.conntrace.trace.Side;
import java.util.List;

/** The record of one difference between two captures. */
final class DifferenceRecord {
  private DifferenceRecord() {}

  static void write(JsonWriter json, String file, String other, Difference difference) {
    RecordFields.begin(json, "difference", file);
    json.writeStringField("other_file", other);
    writeConnection(json, "connection", difference.firstConnection());
    writeConnection(json, "other_connection", difference.secondConnection());
    json.writeStringField("aspect", difference.aspect().id());
    Side side = difference.side();
    if (side != null) {
      json.writeStringField("side", side.id());
    }
    json.writeStringField("text", difference.text());
    writeFrames(json, "frames", difference.firstFrames());
    writeFrames(json, "other_frames", difference.secondFrames());
    json.writeEndObject();
  }

  private static void writeConnection(JsonWriter json, String name, int number) {
    if (number > 0) {
      json.writeNumberField(name, number);
    }
  }

  private static void writeFrames(JsonWriter json, String name, List<Long> frames) {
    json.writeArrayFieldStart(name);
    for (long frame : frames) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
  }
}
