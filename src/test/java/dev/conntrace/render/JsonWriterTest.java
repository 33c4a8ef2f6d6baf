package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private final AsciiText text = new AsciiText();
  private final JsonWriter json = new JsonWriter(text);

  @Test
  void putsCommasBetweenValuesAndNowhereElse() {
    json.writeStartObject();
    json.writeNumberField("a", 1);
    json.writeObjectFieldStart("from_", "client");
    json.writeBooleanField("b", true);
    json.writeEndObject();
    json.writeArrayFieldStart("c");
    json.writeNumber(-2);
    json.writeString("x");
    json.writeStartObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeArrayFieldStart("d");
    json.writeEndArray();
    json.writeNumberField("e", "_bytes", 3);
    json.writeEndObject();
    assertEquals(
        "{\"a\":1,\"from_client\":{\"b\":true},\"c\":[-2,\"x\",{}],\"d\":[],\"e_bytes\":3}",
        text.toString());
  }

  @Test
  void writesEveryLengthOfNumber() {
    StringBuilder expected = new StringBuilder();
    for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
      for (long number : new long[] {power - 1, power, -power, 9 * power}) {
        text.append(number);
        text.append(' ');
        expected.append(number).append(' ');
      }
    }
    text.append(Long.MAX_VALUE);
    text.append(Long.MIN_VALUE);
    expected.append(Long.MAX_VALUE).append(Long.MIN_VALUE);
    assertEquals(expected.toString(), text.toString());
  }

  @Test
  void whatItEscapesAJsonReaderReadsBack() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x3000; c++) {
      all.append((char) c);
    }
    all.append("\ud83d\ude00");
    json.writeStartObject();
    json.writeStringField("all", all.toString());
    json.writeEndObject();
    assertEquals(
        all.toString(), new ObjectMapper().readTree(text.toString()).get("all").textValue());
    assertEquals(-1, text.toString().chars().filter(c -> c < ' ' || c > 0x7F).findAny().orElse(-1));
  }
}
