package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.expect.Difference;
import dev.conntrace.trace.Side;
import java.io.IOException;
import java.util.List;

/** The record of one difference between two captures. */
final class DifferenceRecord {
  private DifferenceRecord() {}

  static void write(JsonGenerator json, String file, String other, Difference difference)
      throws IOException {
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

  private static void writeConnection(JsonGenerator json, String name, int number)
      throws IOException {
    if (number > 0) {
      json.writeNumberField(name, number);
    }
  }

  private static void writeFrames(JsonGenerator json, String name, List<Long> frames)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (long frame : frames) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
  }
}
