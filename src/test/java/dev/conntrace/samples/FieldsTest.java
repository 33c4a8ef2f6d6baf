package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conntrace.cli.CommandCall;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import dev.conntrace.trace.field.RecordField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of fields that {@code --where} and CSV go by, held against the JSON Schema, and CSV
 * cell by cell against the records in NDJSON.
 */
class FieldsTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** What every record of a kind has in common, or what names the file, is not to be asked for. */
  private static final Set<String> OF_NO_INTEREST = Set.of("type", "schema", "file");

  /** Lists of things with many parts, of which a table has only totals; parts of no main figure. */
  private static final Set<String> OF_NO_CELL =
      Set.of(
          "stalls.list",
          "recoveries.from_client.list",
          "recoveries.from_server.list",
          "push_run_bytes",
          "push_run_segments",
          "max_unacknowledged_frame",
          "max_out_of_order_frame",
          "max_unread_frame",
          "delays",
          "longest_delay_at",
          "confirmed_only",
          "congestion.from_client.phases",
          "congestion.from_server.phases",
          "round_trips.from_client.timestamps",
          "round_trips.from_client.delayed_acks",
          "round_trips.from_client.observed_timeouts",
          "round_trips.from_server.timestamps",
          "round_trips.from_server.delayed_acks",
          "round_trips.from_server.observed_timeouts");

  static List<Sample> samples() {
    return Sample.all();
  }

  @Test
  void packetFieldsAreThoseOfTheSchema() throws IOException {
    assertEquals(schemaNames("packet"), names(PacketField.values()));
  }

  @Test
  void connectionFieldsAreThoseOfTheSchema() throws IOException {
    assertEquals(schemaNames("connection"), names(ConnectionField.values()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void tablesHoldWhatRecordsHold(Sample sample) throws IOException {
    for (String command : List.of("connections", "packets")) {
      List<String> table = lines(command, "csv", sample);
      List<String> records = lines(command, "ndjson", sample);
      assertEquals(records.size() + 1, table.size());
      List<String> header = CsvCells.of(table.get(0));
      for (int i = 0; i < records.size(); i++) {
        Map<String, String> expected = flat(JSON.readTree(records.get(i)));
        Map<String, String> cells = new LinkedHashMap<>();
        List<String> row = CsvCells.of(table.get(i + 1));
        assertEquals(header.size(), row.size());
        for (int column = 0; column < row.size(); column++) {
          cells.put(header.get(column), row.get(column));
        }
        assertEquals(expected.getOrDefault("file", ""), cells.get("file"));
        expected.keySet().removeAll(Set.of("type", "schema"));
        cells.values().removeIf(String::isEmpty);
        expected.values().removeIf(String::isEmpty);
        assertEquals(expected, cells);
      }
    }
  }

  private static List<String> lines(String command, String format, Sample sample) {
    return CommandCall.of(command, "--format", format, sample.toString()).lines();
  }

  private static Set<String> names(RecordField[] fields) {
    return Stream.of(fields).map(RecordField::id).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> schemaNames(String record) throws IOException {
    JsonNode definitions = JSON.readTree(CommandCall.of("schema").out()).get("$defs");
    Set<String> names = new TreeSet<>();
    leaves("", definitions.get(record), definitions, names);
    names.removeAll(OF_NO_INTEREST);
    assertFalse(names.isEmpty());
    return names;
  }

  private static boolean hasNoCell(String path) {
    return OF_NO_CELL.contains(path)
        || OF_NO_CELL.contains(path.substring(path.lastIndexOf('.') + 1));
  }

  private static void leaves(String path, JsonNode part, JsonNode definitions, Set<String> names) {
    if (hasNoCell(path)) {
      return;
    }
    if (part.has("$ref")) {
      leaves(path, definitions.get(part.get("$ref").asText().substring(8)), definitions, names);
    } else if (part.has("items")) {
      leaves(path, part.get("items"), definitions, names);
    } else if (part.has("properties")) {
      String prefix = path.isEmpty() ? "" : path + ".";
      part.get("properties")
          .properties()
          .forEach(
              property ->
                  leaves(prefix + property.getKey(), property.getValue(), definitions, names));
    } else {
      names.add(path);
    }
  }

  /** Returns a record as a table has it: names with dots, lists and counts in one cell. */
  private static Map<String, String> flat(JsonNode record) {
    Map<String, String> cells = new LinkedHashMap<>();
    record
        .properties()
        .forEach(
            field -> {
              switch (field.getKey()) {
                case "notes" -> notes(field.getValue(), cells);
                case "capture_quality" -> cells.put("capture_quality", qualities(field.getValue()));
                default -> flat(field.getKey(), field.getValue(), cells);
              }
            });
    return cells;
  }

  private static void flat(String name, JsonNode value, Map<String, String> cells) {
    if (hasNoCell(name)) {
      return;
    }
    if (name.equals("annotations") && value.isObject()) {
      cells.put(
          name,
          value.properties().stream()
              .map(count -> count.getKey() + "=" + count.getValue())
              .collect(Collectors.joining(";")));
    } else if (value.isObject()) {
      value.properties().forEach(part -> flat(name + "." + part.getKey(), part.getValue(), cells));
    } else if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(item.asText()));
      cells.put(name, String.join(";", items));
    } else {
      cells.put(
          name,
          value.isBigDecimal() ? value.decimalValue().toPlainString() : escaped(value.asText()));
    }
  }

  /** A table is seen on terminals as it is. */
  private static String escaped(String text) {
    return text.replace("\n", "\\n").replace("\u001b", "\\x1b");
  }

  private static void notes(JsonNode notes, Map<String, String> cells) {
    for (String part :
        List.of("annotation", "rule", "text", "evidence", "confidence", "alternative", "doubt")) {
      List<String> items = new ArrayList<>();
      for (JsonNode note : notes) {
        JsonNode value = note.path(part);
        List<String> frames = new ArrayList<>();
        value.forEach(frame -> frames.add(frame.asText()));
        items.add(value.isArray() ? String.join(" ", frames) : value.asText());
      }
      cells.put("notes." + part, String.join(part.equals("text") ? " | " : ";", items));
    }
  }

  private static String qualities(JsonNode found) {
    List<String> items = new ArrayList<>();
    found.forEach(quality -> items.add(quality.get("id").asText() + "=" + quality.get("count")));
    return String.join(";", items);
  }
}
