package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.SegmentFacts;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The forms that values have in all records. */
final class RecordFields {
  private static final int SCHEMA = 1;

  private RecordFields() {}

  /** Begins a record. */
  static void begin(JsonWriter json, String type, String file) {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("file", file);
  }

  /** Writes a moment as a decimal string with nine digits: a double could not hold it. */
  static void moment(JsonWriter json, String name, long nanos) {
    if (nanos != SegmentFacts.NO_TIMESTAMP) {
      json.writeMomentField(name, nanos);
    }
  }

  /** Writes a duration as a plain number of seconds. */
  static void duration(JsonWriter json, String name, long nanos) {
    json.writeDurationField(name, nanos);
  }

  static void duration(JsonWriter json, String name, OptionalLong nanos) {
    if (nanos.isPresent()) {
      duration(json, name, nanos.getAsLong());
    }
  }

  static void number(JsonWriter json, String name, OptionalLong number) {
    if (number.isPresent()) {
      json.writeNumberField(name, number.getAsLong());
    }
  }

  static void number(JsonWriter json, String name, OptionalInt number) {
    if (number.isPresent()) {
      json.writeNumberField(name, number.getAsInt());
    }
  }

  static void annotations(JsonWriter json, Map<AnnotationKind, Long> counts) {
    json.writeObjectFieldStart("annotations");
    for (Map.Entry<AnnotationKind, Long> entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey().id(), entry.getValue());
    }
    json.writeEndObject();
  }

  static void quality(JsonWriter json, List<CaptureQuality> found) {
    json.writeArrayFieldStart("capture_quality");
    for (CaptureQuality quality : found) {
      json.writeStartObject();
      json.writeStringField("id", quality.problem().id());
      json.writeNumberField("count", quality.count());
      if (!quality.frames().isEmpty()) {
        json.writeArrayFieldStart("frames");
        for (long frame : quality.frames()) {
          json.writeNumber(frame);
        }
        json.writeEndArray();
      }
      json.writeStringField("text", quality.problem().words());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
