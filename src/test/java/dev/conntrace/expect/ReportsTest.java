package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** The reports are what their readers say they read. */
class ReportsTest {
  /** In the source release of Surefire, which the build fetches for this. */
  private static final String SUREFIRE_SCHEMA =
      "/surefire-3.5.4/maven-surefire-plugin/src/site/resources/xsd/surefire-test-report.xsd";

  /** What GitHub's runner takes for a workflow command with data. */
  private static final Pattern WORKFLOW_COMMAND =
      Pattern.compile(
          "::(error|warning|notice) ([a-z]+=([^%:,\\r\\n]|%25|%0D|%0A|%3A|%2C)*)"
              + "(,[a-z]+=([^%:,\\r\\n]|%25|%0D|%0A|%3A|%2C)*)*::([^%\\r\\n]|%25|%0D|%0A)*");

  private static final String NASTY = "a<b>&\"'\u0001\u001b[31m\u202e%,:\r\n.pcap";

  private static List<Outcome> outcomes() {
    Trace lossy = Recorded.of(new Script().droppedBefore(5), Recorded.QUESTION);
    List<Outcome> outcomes = new ArrayList<>();
    for (String line :
        List.of(
            "drops at most 1",
            "retransmission none",
            "fin at most 1",
            "from_client.payload exactly \"<![CDATA[ ]]> %0A, a: b\"")) {
      outcomes.add(Expectations.that(line).check(lossy));
    }
    return outcomes;
  }

  @Test
  void junitReportsAreWhatSurefireDescribes() throws IOException, SAXException {
    URL published = ReportsTest.class.getResource(SUREFIRE_SCHEMA);
    assertNotNull(published, "Surefire's source release is not on the class path of the tests");
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(published);
    StringWriter out = new StringWriter();
    try (JunitReport report = new JunitReport(out)) {
      report.add(NASTY, outcomes());
      report.addUnread(NASTY);
    }

    String xml = out.toString();
    assertFalse(xml.contains("\u202e"), "nothing turns the direction of reading");
    schema.newValidator().validate(new StreamSource(new StringReader(xml)));
    assertTrue(xml.contains("tests=\"5\" errors=\"2\" skipped=\"0\" failures=\"2\""), xml);
    assertTrue(xml.contains("+0.500000 &gt; F. 11:12(0) ack 5 win 65535 # frame 7, here"), xml);
    String wrong = xml.replace("testcase name", "testcase nome");
    assertThrows(
        SAXException.class,
        () -> schema.newValidator().validate(new StreamSource(new StringReader(wrong))));
  }

  @Test
  void githubReadsEveryLine() {
    GithubAnnotations annotations = new GithubAnnotations();
    annotations.add(NASTY, outcomes());
    annotations.addUnread(NASTY);

    List<String> lines = annotations.lines();
    assertEquals(4, lines.size());
    for (String line : lines) {
      assertTrue(WORKFLOW_COMMAND.matcher(line).matches(), line);
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7F), "nothing steers a terminal");
    }
    assertTrue(lines.get(0).startsWith("::warning title=connection%3A retransmission none::"));
    assertTrue(lines.get(1).startsWith("::error title=connection%3A fin at most 1::"));
  }

  @Test
  void moreThanGithubShowsIsCounted() {
    GithubAnnotations annotations = new GithubAnnotations();
    for (int i = 0; i < 4; i++) {
      annotations.add("a.pcap", outcomes());
    }
    annotations.add("b.pcap", outcomes());
    annotations.add("c.pcap", outcomes());

    List<String> lines = annotations.lines();
    assertEquals(10 + 6 + 1, lines.size());
    assertEquals(
        "::notice title=conntrace verify::12 errors and 6 warnings, of which the first 10 of each"
            + " kind are shown",
        lines.get(16));
  }
}
