package dev.conntrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records as they stand when all has been said. */
final class LastRecords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LastRecords() {}

  /**
   * Returns the packets' records by frame. Revisions change the record that they name; where it was
   * captured does not matter.
   */
  static Map<Long, ObjectNode> byFrame(String ndjson) throws IOException {
    Map<Long, ObjectNode> records = new TreeMap<>();
    for (String line : ndjson.lines().toList()) {
      ObjectNode record = (ObjectNode) JSON.readTree(line);
      record.remove("file");
      JsonNode type = record.get("type");
      if (type.asText().equals("packet")) {
        records.put(record.get("frame").asLong(), record);
      } else if (type.asText().equals("revision")) {
        ObjectNode revised = records.get(record.get("frame").asLong());
        revised.set("annotations", record.get("annotations"));
        revised.set("notes", record.get("notes"));
      }
    }
    return records;
  }

  /** Returns all records of one type. */
  static List<JsonNode> ofType(String type, String ndjson) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : ndjson.lines().toList()) {
      JsonNode record = JSON.readTree(line);
      if (record.get("type").asText().equals(type)) {
        records.add(record);
      }
    }
    return records;
  }
}
