package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTextTest {
  private final StringBuilder out = new StringBuilder();
  private final ExplainText explain = explain(80);

  @Test
  void knowsWhateverAResultCanSay() throws IOException {
    List<String> words = new ArrayList<>();
    for (AnnotationKind kind : AnnotationKind.values()) {
      words.add(kind.id());
    }
    for (TcpState state : TcpState.values()) {
      words.add(state.name());
    }
    for (Opened opened : Opened.values()) {
      words.add(opened.id());
    }
    for (Closed closed : Closed.values()) {
      words.add(closed.id());
    }
    for (CaptureQuality.Problem problem : CaptureQuality.Problem.values()) {
      words.add(problem.id());
    }
    for (RoleEvidence evidence : RoleEvidence.values()) {
      words.add(evidence.id());
    }
    for (Confidence confidence : Confidence.values()) {
      words.add(confidence.id());
    }
    for (String word : words) {
      assertTrue(explain.term(word), word);
    }
  }

  @Test
  void knowsEveryFieldOfTheRecords() throws IOException {
    StringWriter json = new StringWriter();
    try (NdjsonRecords records = new NdjsonRecords(json)) {
      Scene scene = Scenes.lossy();
      records.packet("f", scene.segments().get(30));
      records.packet("f", new Scene().scaleUnknown().fromClient(".", 1, 0, 1).segments().get(0));
      records.connection("f", Scenes.exchangeReport(Scenes.exchange()));
      records.summary("f", Scenes.capture());
    }
    Set<String> fields = fieldsOf(json.toString());
    assertTrue(fields.contains("seq_rel") && fields.contains("expected_end"), fields.toString());
    for (String field : fields) {
      assertTrue(explain.term(field), field);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "handshake", "sequence number", "sequence-number", "Sliding Window", "time_wait",
            "TIME-WAIT",
        "encapsulation", "UDP vs TCP", "four waves", "three-way handshake", "cwnd", "window scale"
      })
  void knowsTheWordsThatPeopleUse(String word) throws IOException {
    assertTrue(explain.term(word), word);
  }

  @Test
  void saysAllThatAWordMeans() throws IOException {
    assertTrue(explain.term("time-wait"));
    assertTrue(out.toString().contains("annotation: close"));
    assertTrue(out.toString().contains("state of an endpoint"));
    assertTrue(out.toString().contains("field of the records"));
    assertTrue(out.toString().contains("concept"));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void describesTheLanguageOfWhereWithEveryField(int width) throws IOException {
    assertTrue(explain(width).term("where"));
    Set<String> words = new TreeSet<>(List.of(out.toString().split("\\s+")));
    for (PacketField field : PacketField.values()) {
      assertTrue(words.contains(field.id()), field.id());
    }
    for (ConnectionField field : ConnectionField.values()) {
      assertTrue(words.contains(field.id()), field.id());
    }
    out.toString().lines().forEach(line -> assertTrue(line.length() <= width, line));
  }

  @Test
  void explainsTheFieldsThatWhereKnows() throws IOException {
    for (ConnectionField field : ConnectionField.values()) {
      assertTrue(explain.term(field.id()), field.id());
    }
    assertTrue(out.toString().contains("each position of the stream counted once"));
  }

  @Test
  void printsNothingForAnUnknownWord() throws IOException {
    assertFalse(explain.term("retransmision"));
    assertEquals("", out.toString());
  }

  @Test
  void explainsEveryWordOfTheSchema() throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (String word : SchemaWords.all()) {
      if (!explain.term(word)) {
        unknown.add(word);
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyEntryIsCompleteAndHasItsNameOnce() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Glossary.Entry entry : new Glossary().entries()) {
      assertTrue(entry.text().endsWith(".") || entry.text().endsWith("?"), entry.toString());
      for (String name : entry.names()) {
        assertTrue(seen.add(entry.kind() + " " + name), entry.kind() + " " + name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void tellsEverythingOfASegment(int width) throws IOException {
    Scene scene = Scenes.lossy();
    frame(explain(width), scene, Scenes.lossyReport(scene), 30);
    GoldenText.check("frame-" + width + ".txt", out.toString());
  }

  @Test
  void survivesASegmentOfWhichLittleIsKnown() throws IOException {
    Scene scene = new Scene().noTimes().scaleUnknown().fromClient("", -3, 0, 0);
    frame(explain, scene, Scenes.unknown(), 0);
    assertTrue(out.toString().contains("its scale was not captured"));
  }

  private static void frame(ExplainText explain, Scene scene, ConnectionReport report, int index)
      throws IOException {
    SegmentSeen event = scene.segments().get(index);
    FrameContext context = new FrameContext(report, event.segment().frame());
    scene.playTo(context);
    explain.frame("capture.pcap", report, event, context, null, true);
  }

  private ExplainText explain(int width) {
    return new ExplainText(out, new Layout(width, Palette.PLAIN, TimeMode.RELATIVE, false));
  }

  /**
   * The names before a colon, those of findings, reasons and outcomes with their counts left out.
   */
  private static Set<String> fieldsOf(String json) {
    Set<String> fields = new TreeSet<>();
    for (int at = json.indexOf("\":"); at >= 0; at = json.indexOf("\":", at + 1)) {
      fields.add(json.substring(json.lastIndexOf('"', at - 1) + 1, at));
    }
    return fields;
  }
}
