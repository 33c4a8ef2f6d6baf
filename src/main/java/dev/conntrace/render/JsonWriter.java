package dev.conntrace.render;

import java.util.Base64;

/**
 * Writes JSON, value after value, into an {@link AsciiText}: what is not ASCII is escaped, so that
 * a file name reaches no terminal with control characters.
 *
 * <p>Whether a comma is due shows in what was written last. Names of fields are our own words and
 * need no escaping.
 */
final class JsonWriter {
  private static final String HEX = "0123456789ABCDEF";

  private final AsciiText text;

  JsonWriter(AsciiText text) {
    this.text = text;
  }

  /** Puts a comma between a value and the one before it in the same object or array. */
  private void separate() {
    switch (text.last()) {
      case 0, '{', '[', ':' -> {}
      default -> text.append(',');
    }
  }

  void writeStartObject() {
    separate();
    text.append('{');
  }

  void writeEndObject() {
    text.append('}');
  }

  void writeEndArray() {
    text.append(']');
  }

  private void writeFieldName(String name) {
    writeFieldName(name, "");
  }

  private void writeFieldName(String name, String rest) {
    separate();
    text.appendQuoted(name, rest);
    text.append(':');
  }

  void writeObjectFieldStart(String name) {
    writeObjectFieldStart(name, "");
  }

  /** Begins an object in a field whose name is in two parts. */
  void writeObjectFieldStart(String name, String rest) {
    writeFieldName(name, rest);
    text.append('{');
  }

  void writeArrayFieldStart(String name) {
    writeFieldName(name);
    text.append('[');
  }

  void writeStringField(String name, String value) {
    writeFieldName(name);
    writeString(value);
  }

  void writeNumberField(String name, long value) {
    writeNumberField(name, "", value);
  }

  /** Writes a number in a field whose name is in two parts. */
  void writeNumberField(String name, String rest, long value) {
    writeFieldName(name, rest);
    text.append(value);
  }

  void writeBooleanField(String name, boolean value) {
    writeFieldName(name);
    text.append(value ? "true" : "false");
  }

  /** Writes bytes as Base64 (RFC 4648 4). */
  void writeBinaryField(String name, byte[] value) {
    writeFieldName(name);
    text.append('"');
    text.append(Base64.getEncoder().encodeToString(value));
    text.append('"');
  }

  /**
   * Writes a moment as a decimal string of seconds with nine digits: a double could not hold it.
   */
  void writeMomentField(String name, long nanos) {
    writeFieldName(name);
    text.append('"');
    DecimalSeconds.appendFixed(text, nanos);
    text.append('"');
  }

  /** Writes a duration as a plain number of seconds. */
  void writeDurationField(String name, long nanos) {
    writeFieldName(name);
    DecimalSeconds.appendShortest(text, nanos);
  }

  void writeNumber(long value) {
    separate();
    text.append(value);
  }

  void writeString(String value) {
    separate();
    text.append('"');
    int plainFrom = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > 0x7F || c == '"' || c == '\\') {
        text.append(value, plainFrom, i);
        escape(c);
        plainFrom = i + 1;
      }
    }
    text.append(value, plainFrom, value.length());
    text.append('"');
  }

  private void escape(char c) {
    text.append('\\');
    switch (c) {
      case '"', '\\' -> text.append(c);
      case '\b' -> text.append('b');
      case '\t' -> text.append('t');
      case '\n' -> text.append('n');
      case '\f' -> text.append('f');
      case '\r' -> text.append('r');
      default -> {
        text.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(HEX.charAt(c >> shift & 0xF));
        }
      }
    }
  }
}
