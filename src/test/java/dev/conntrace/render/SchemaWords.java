package dev.conntrace.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The names of fields and the fixed values that the JSON Schema of the records knows. */
final class SchemaWords {
  private SchemaWords() {}

  static Set<String> all() throws IOException {
    try (InputStream in = SchemaWords.class.getResourceAsStream("schema.json")) {
      Set<String> words = new TreeSet<>();
      collect(new ObjectMapper().readTree(Objects.requireNonNull(in)), words);
      return words;
    }
  }

  private static void collect(JsonNode node, Set<String> words) {
    if (node.path("properties").isObject()) {
      node.get("properties").fieldNames().forEachRemaining(words::add);
    }
    node.path("enum").forEach(value -> add(value, words));
    add(node.path("const"), words);
    node.forEach(child -> collect(child, words));
  }

  private static void add(JsonNode value, Set<String> words) {
    if (value.isTextual()) {
      words.add(value.asText());
    }
  }
}
