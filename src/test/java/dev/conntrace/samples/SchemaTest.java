package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conntrace.cli.CommandCall;
import dev.conntrace.expect.DiffAspect;
import dev.conntrace.render.SchemaCheck;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.KernelAgreement;
import dev.conntrace.trace.KernelSource;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.SocketCall;
import dev.conntrace.trace.TcpState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JSON Schema that {@code conntrace schema} prints, held against the records and the code. */
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Properties that no sample shows, and why not. */
  private static final Map<String, String> NOT_IN_SAMPLES =
      Map.ofEntries(
          Map.entry(
              ".revision.notes.doubt", "no sample says in its middle that packets were dropped"),
          Map.entry(".aside", "no sample has segments that cannot belong to their connection"),
          Map.entry(".kernel", "only live; KernelLiveTest holds them against the schema"),
          Map.entry(".ownership", "only with run; RunCommandTest has them"),
          Map.entry(".connection.key", "only where --key asks for it; KeyTest does"),
          Map.entry(".conflict.kept.text", "only where streams are asked for as text"),
          Map.entry(".conflict.other.text", "only where streams are asked for as text"),
          Map.entry(
              ".connection.stalls.left_out", "a hundred stalls come first; StallTest has more"),
          Map.entry(
              ".connection.stalls.left_out_total",
              "a hundred stalls come first; StallTest has more"),
          Map.entry(
              ".packet.notes.doubt",
              "no sample says in its middle that packets were dropped; CaptureTrustTest has one"),
          Map.entry(
              ".packet.acks.is_least", "only with more than a thousand segments on their way"),
          Map.entry(".gap.bound_reached", "it takes more bytes than a sample has"),
          Map.entry(".stream.from_client.stream_file", "only where streams are written to files"),
          Map.entry(".stream.from_server.stream_file", "only where streams are written to files"));

  private static JsonNode schema;
  private static List<String> records;

  @BeforeAll
  static void readSchemaAndRecords() throws IOException {
    schema = JSON.readTree(CommandCall.of("schema").out());
    records = new ArrayList<>();
    for (Sample sample : Sample.all()) {
      records.addAll(Revisions.of(Path.of(sample.toString())));
    }
    records.addAll(differences("ten-clients/ten-clients.pcap", "tutorial/tutorial.pcap"));
    records.addAll(differences("tutorial/tutorial.pcap", "ten-clients/ten-clients.pcap"));
    records.addAll(differences("tutorial/tutorial.pcap", "plain-options/plain-options.pcap"));
    records.addAll(recordsOfExpectations());
    records.addAll(recordsOfSamples());
  }

  private static List<String> differences(String first, String second) {
    return CommandCall.of(
            "diff",
            "--also",
            "acks,windows",
            "--tolerance",
            "1ms",
            "--format",
            "ndjson",
            Sample.FOLDER.resolve(first).toString(),
            Sample.FOLDER.resolve(second).toString())
        .lines();
  }

  /** One that fails, one that cannot be told, and one with a name. */
  private static List<String> recordsOfExpectations() throws IOException {
    Path rules = Files.createTempFile("rules", ".yaml");
    try {
      Files.writeString(rules, "- {name: no calls, connection: , expect: {syn: none}}");
      return CommandCall.of(
              "verify",
              "--format",
              "ndjson",
              "--that",
              "reset none",
              "--expect",
              rules.toString(),
              "sample-captures/damaged-files/truncated.pcap")
          .lines();
    } finally {
      Files.delete(rules);
    }
  }

  private static List<String> recordsOfSamples() throws IOException {
    return Stream.concat(
            MergeList.all().stream().flatMap(SchemaTest::merged),
            Sample.all().stream()
                .flatMap(
                    sample ->
                        Stream.of("connections", "packets", "stream", "summary")
                            .flatMap(
                                command ->
                                    CommandCall.of(command, "--format", "ndjson", sample.toString())
                                        .lines()
                                        .stream())))
        .toList();
  }

  private static Stream<String> merged(MergeList list) {
    return Golden.RECORDS.call(list).lines().stream();
  }

  @Test
  void everyRecordOfTheSamplesIsValid() {
    List<String> faults = SchemaCheck.faults(records);
    assertTrue(faults.isEmpty(), () -> faults.size() + " records, first:\n" + faults.get(0));
  }

  @Test
  void whatIsNoRecordIsNotValid() {
    String summary = records.get(records.size() - 1);
    assertEquals(List.of(), SchemaCheck.faults(List.of(summary)));
    for (String changed :
        List.of(
            summary.replace("\"frames\"", "\"frame\""),
            summary.replaceFirst("\\{", "{\"more\":1,"),
            summary.replace("\"type\":\"summary\"", "\"type\":\"packet\""),
            summary.replace("\"schema\":1", "\"schema\":2"),
            summary.replaceFirst("\"three-way\"|\"refused\"|\"midstream\"", "\"any-way\""))) {
      assertFalse(changed.equals(summary), "nothing was changed");
      assertEquals(1, SchemaCheck.faults(List.of(changed)).size(), changed);
    }
  }

  @Test
  void enumerationsAreThoseOfTheCode() {
    assertWords("annotation", AnnotationKind.values(), AnnotationKind::id);
    assertWords("state", TcpState.values(), TcpState::name);
    assertWords("opened", Opened.values(), Opened::id);
    assertWords("closed", Closed.values(), Closed::id);
    assertWords("side", Side.values(), Side::id);
    assertWords("party", Party.values(), Party::id);
    assertWords("role_evidence", RoleEvidence.values(), RoleEvidence::id);
    assertWords("aspect", DiffAspect.values(), DiffAspect::id);
    assertWords("confidence", Confidence.values(), Confidence::id);
    assertEquals(
        Stream.of(KernelAgreement.values()).map(KernelAgreement::id).toList(),
        words(definition("kernel").get("properties").get("agreement")));
    assertEquals(
        Stream.of(KernelSource.values()).map(KernelSource::id).toList(),
        words(definition("kernel").get("properties").get("source")));
    assertEquals(
        Stream.of(SocketCall.values()).map(SocketCall::id).toList(),
        words(definition("kernel").get("properties").get("proves").get("items")));
    assertWords("problem", CaptureQuality.Problem.values(), CaptureQuality.Problem::id);
  }

  private static <T> void assertWords(String name, T[] constants, Function<T, String> id) {
    List<String> words = words(definition(name));
    assertEquals(Stream.of(constants).map(id).sorted().toList(), words.stream().sorted().toList());
  }

  private static List<String> words(JsonNode part) {
    List<String> words = new ArrayList<>();
    part.get("enum").forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void everyPropertyIsPrintedForSomeSample() throws IOException {
    Set<String> described = new TreeSet<>();
    for (JsonNode kind : schema.get("oneOf")) {
      String name = nameOf(kind);
      described.add("." + name);
      properties("." + name, definition(name), described);
    }
    Set<String> printed = new TreeSet<>();
    for (String line : records) {
      JsonNode record = JSON.readTree(line);
      String name = "." + record.get("type").asText();
      printed.add(name);
      members(name, record, printed);
    }
    Set<String> missing = new TreeSet<>(described);
    missing.removeAll(printed);
    // Both directions are described by one definition.
    missing.removeIf(name -> printed.contains(name.replace("from_server", "from_client")));
    Set<String> all = Set.copyOf(missing);
    missing.removeIf(name -> all.contains(name.substring(0, name.lastIndexOf('.'))));
    assertEquals(new TreeSet<>(NOT_IN_SAMPLES.keySet()), missing);
  }

  /** Adds the properties that a part of the schema describes, with dots, lists passed through. */
  private static void properties(String path, JsonNode part, Set<String> found) {
    if (part.has("$ref")) {
      properties(path, definition(nameOf(part)), found);
    } else if (part.has("items")) {
      properties(path, part.get("items"), found);
    } else if (part.has("properties")) {
      part.get("properties")
          .properties()
          .forEach(
              property -> {
                String name = path + "." + property.getKey();
                found.add(name);
                properties(name, property.getValue(), found);
              });
    }
  }

  private static void members(String path, JsonNode value, Set<String> found) {
    if (value.isArray()) {
      value.forEach(item -> members(path, item, found));
    } else {
      value
          .properties()
          .forEach(
              member -> {
                String name = path + "." + member.getKey();
                found.add(name);
                members(name, member.getValue(), found);
              });
    }
  }

  @Test
  void everyPropertyAndDefinitionIsDescribed() {
    List<String> silent = new ArrayList<>();
    schema
        .get("$defs")
        .properties()
        .forEach(definition -> undescribed(definition.getKey(), definition.getValue(), silent));
    assertEquals(List.of(), silent);
  }

  private static void undescribed(String path, JsonNode part, List<String> silent) {
    boolean described =
        part.has("description")
            || (part.has("$ref") && definition(nameOf(part)).has("description"));
    if (!described) {
      silent.add(path);
    }
    if (part.has("items")) {
      undescribed(path + "[]", part.get("items"), silent);
    }
    if (part.has("properties")) {
      part.get("properties")
          .properties()
          .forEach(
              property -> undescribed(path + "." + property.getKey(), property.getValue(), silent));
    }
  }

  @Test
  void everyObjectIsClosed() {
    List<JsonNode> open =
        schema.findParents("properties").stream()
            .filter(part -> part.get("properties").isObject() && part.has("type"))
            .filter(
                part ->
                    !part.path("additionalProperties")
                        .equals(JSON.getNodeFactory().booleanNode(false)))
            .toList();
    assertEquals(List.of(), open);
    assertFalse(schema.findParents("properties").isEmpty());
  }

  @Test
  void everyDefinitionIsUsed() {
    String text = schema.toString();
    Set<String> unused =
        schema.get("$defs").properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !text.contains("\"#/$defs/" + name + "\""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unused);
  }

  private static JsonNode definition(String name) {
    return schema.get("$defs").get(name);
  }

  private static String nameOf(JsonNode reference) {
    String target = reference.get("$ref").asText();
    return target.substring(target.lastIndexOf('/') + 1);
  }
}
