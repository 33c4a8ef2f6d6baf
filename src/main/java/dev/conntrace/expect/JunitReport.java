package dev.conntrace.expect;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Outcomes as JUnit XML, as CI systems read it and Surefire's schema describes it: a test case an
 * expectation, whose class is the capture. What cannot be told is an error, not a failure.
 *
 * <p>Nothing is written before {@link #close}: the numbers stand first.
 */
public final class JunitReport implements Closeable {
  private static final String NO_TIME = "0";

  private final Writer out;
  private final List<Checked> checked = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  private record Checked(String capture, Outcome outcome) {}

  /** Writes to {@code out}, which is closed with this. */
  public JunitReport(Writer out) {
    this.out = out;
  }

  /** Takes the outcomes of a capture. */
  public void add(String capture, List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      checked.add(new Checked(capture, outcome));
    }
  }

  /** Takes note of a capture that could not be read: nothing was checked, which is no success. */
  public void addUnread(String capture) {
    unread.add(capture);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      writeSuite(xml);
      xml.writeEndDocument();
      xml.flush();
      out.write('\n');
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void writeSuite(XMLStreamWriter xml) throws XMLStreamException {
    List<Outcome> outcomes = new ArrayList<>();
    checked.forEach(one -> outcomes.add(one.outcome));
    VerdictCount count = VerdictCount.of(outcomes);
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "conntrace verify");
    xml.writeAttribute("time", NO_TIME);
    xml.writeAttribute("tests", Integer.toString(count.all() + unread.size()));
    xml.writeAttribute("errors", Integer.toString(count.inconclusive() + unread.size()));
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("failures", Integer.toString(count.failed()));
    for (Checked one : checked) {
      xml.writeCharacters("\n  ");
      writeCase(xml, one.capture, one.outcome);
    }
    for (String capture : unread) {
      xml.writeCharacters("\n  ");
      beginCase(xml, "the capture can be read", capture);
      writeProblem(xml, "error", List.of(capture + ": nothing could be read"), "unread");
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static void writeCase(XMLStreamWriter xml, String capture, Outcome outcome)
      throws XMLStreamException {
    beginCase(xml, outcome.expectation().title(), capture);
    for (Violation violation : outcome.violations()) {
      writeProblem(xml, "failure", FailureText.of(violation), "expectation");
    }
    if (outcome.verdict() == Verdict.INCONCLUSIVE) {
      writeProblem(xml, "error", FailureText.of(outcome), "inconclusive");
    }
    xml.writeEndElement();
  }

  private static void beginCase(XMLStreamWriter xml, String name, String capture)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", ReportText.printable(name));
    xml.writeAttribute("classname", ReportText.printable(capture));
    xml.writeAttribute("time", NO_TIME);
  }

  private static void writeProblem(
      XMLStreamWriter xml, String element, List<String> lines, String type)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", ReportText.printable(lines.get(0)));
    xml.writeAttribute("type", type);
    xml.writeCharacters(ReportText.printable(String.join("\n", lines)));
    xml.writeEndElement();
  }
}
