package dev.conntrace.samples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON object into maps, lists, strings, booleans and numbers: whole numbers as {@link
 * Long}, others as {@link BigDecimal}.
 */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /**
   * Reads one line that holds one object.
   *
   * @throws IllegalArgumentException if it holds anything else, a null, or a number with an
   *     exponent
   */
  static Map<String, Object> object(String line) {
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no object: " + line);
      }
      Map<String, Object> object = objectAt(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one object: " + line);
      }
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static Map<String, Object> objectAt(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, valueAt(parser));
    }
    return object;
  }

  private static Object valueAt(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> objectAt(parser);
      case START_ARRAY -> arrayAt(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
      default ->
          throw new IllegalArgumentException("unexpected " + parser.currentToken() + " in JSON");
    };
  }

  private static List<Object> arrayAt(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(valueAt(parser));
    }
    return array;
  }

  private static BigDecimal decimal(String text) {
    if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      throw new IllegalArgumentException("a number with an exponent: " + text);
    }
    return new BigDecimal(text);
  }
}
