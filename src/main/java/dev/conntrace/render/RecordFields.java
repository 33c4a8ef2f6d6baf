package dev.conntrace.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.SegmentFacts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The forms that values have in all records. */
final class RecordFields {
  private static final int SCHEMA = 1;
  private static final int NANO_DIGITS = 9;

  private RecordFields() {}

  /** Begins a record. */
  static void begin(JsonGenerator json, String type, String file) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("file", file);
  }

  /** Writes a moment as a decimal string with nine digits: a double could not hold it. */
  static void moment(JsonGenerator json, String name, long nanos) throws IOException {
    if (nanos != SegmentFacts.NO_TIMESTAMP) {
      json.writeStringField(name, DecimalSeconds.fixed(nanos, NANO_DIGITS));
    }
  }

  /** Writes a duration as a plain number of seconds. */
  static void duration(JsonGenerator json, String name, long nanos) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(DecimalSeconds.shortest(nanos));
  }

  static void duration(JsonGenerator json, String name, OptionalLong nanos) throws IOException {
    if (nanos.isPresent()) {
      duration(json, name, nanos.getAsLong());
    }
  }

  static void number(JsonGenerator json, String name, OptionalLong number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(name, number.getAsLong());
    }
  }

  static void number(JsonGenerator json, String name, OptionalInt number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(name, number.getAsInt());
    }
  }

  static void annotations(JsonGenerator json, Map<AnnotationKind, Long> counts) throws IOException {
    json.writeObjectFieldStart("annotations");
    for (Map.Entry<AnnotationKind, Long> entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey().id(), entry.getValue());
    }
    json.writeEndObject();
  }

  static void quality(JsonGenerator json, List<CaptureQuality> found) throws IOException {
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
