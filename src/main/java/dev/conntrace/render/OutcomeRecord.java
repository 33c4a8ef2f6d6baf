package dev.conntrace.render;

import dev.conntrace.expect.Expectation;
import dev.conntrace.expect.Outcome;
import dev.conntrace.expect.VerdictCount;
import dev.conntrace.expect.Violation;
import java.util.List;

/** The records of expectations. */
final class OutcomeRecord {
  private OutcomeRecord() {}

  /** What became of one. */
  static void write(JsonWriter json, String file, Outcome outcome) {
    Expectation expectation = outcome.expectation();
    RecordFields.begin(json, "expectation", file);
    json.writeStringField("expectation", expectation.words());
    if (!expectation.origin().name().isEmpty()) {
      json.writeStringField("name", expectation.origin().name());
    }
    if (expectation.origin().line() > 0) {
      json.writeStringField("rules_file", expectation.origin().file());
      json.writeNumberField("rules_line", expectation.origin().line());
    }
    json.writeStringField("verdict", outcome.verdict().id());
    json.writeNumberField("violated", outcome.violated());
    json.writeArrayFieldStart("violations");
    for (Violation violation : outcome.violations()) {
      writeViolation(json, violation);
    }
    json.writeEndArray();
    writeTexts(json, "doubts", outcome.doubts());
    json.writeEndObject();
  }

  private static void writeViolation(JsonWriter json, Violation violation) {
    json.writeStartObject();
    json.writeStringField("field", violation.field());
    json.writeStringField("expected", violation.expected());
    json.writeStringField("actual", violation.actual());
    if (violation.connection() != 0) {
      json.writeNumberField("connection", violation.connection());
      json.writeStringField("addresses", violation.addresses());
    }
    if (violation.frame() != 0) {
      json.writeNumberField("frame", violation.frame());
    }
    writeTexts(json, "lines", violation.lines());
    json.writeEndObject();
  }

  private static void writeTexts(JsonWriter json, String name, List<String> texts) {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** How many of a capture's expectations came to which verdict. */
  static void writeCount(JsonWriter json, String file, VerdictCount count) {
    RecordFields.begin(json, "verification", file);
    json.writeNumberField("expectations", count.all());
    json.writeNumberField("passed", count.passed());
    json.writeNumberField("failed", count.failed());
    json.writeNumberField("inconclusive", count.inconclusive());
    json.writeEndObject();
  }
}
