package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ListenerReport;
import dev.conntrace.trace.Opened;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Prints the totals of a capture: what limits its worth first, then packets, connections, findings
 * and servers.
 */
public final class SummaryText {
  private static final int LABEL = "congestion and path".length();
  private static final int NUMBER = 1 + "connections".length();
  private static final int SHOWN_LISTENERS = 20;
  private static final List<String> COLUMNS =
      List.of("clients", "connections", "at once", "refused", "unanswered");

  private final Appendable out;
  private final Layout layout;
  private final Line line;

  /** Prints to {@code out} in the given layout. */
  public SummaryText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.line = new Line(layout.palette());
  }

  /** Prints one file's totals. */
  public void summary(String file, CaptureReport report) throws IOException {
    new CaptureHeader(out, layout).print(file, report);
    Labelled entries = new Labelled(out, layout, 2, LABEL);
    if (report.connections() > 0) {
      title("Connections: " + report.connections());
      entries.print("opened", opened(report.opened()));
      entries.print("closed", closed(report.closed()));
    }
    if (!report.annotations().isEmpty()) {
      title("Segments by what they are");
      for (AnnotationKind.Group group : AnnotationKind.Group.values()) {
        Prose found = Findings.all(ofGroup(group, report.annotations()));
        if (!found.isEmpty()) {
          entries.print(group.title(), found);
        }
      }
    }
    if (!report.listeners().isEmpty()) {
      title("Servers");
      listeners(report.listeners());
    }
    new UdpText(out, layout).print(report.udp());
  }

  private void title(String text) throws IOException {
    out.append('\n');
    line.add(Meaning.TITLE, text).printTo(out);
  }

  private static Prose opened(Map<Opened, Long> counts) {
    Prose prose = new Prose();
    for (Map.Entry<Opened, Long> entry : counts.entrySet()) {
      prose.then(", ");
      prose.add(Outcome.colour(entry.getKey()), entry.getKey().id() + " " + entry.getValue());
    }
    return prose;
  }

  private static Prose closed(Map<Closed, Long> counts) {
    Prose prose = new Prose();
    for (Map.Entry<Closed, Long> entry : counts.entrySet()) {
      prose.then(", ");
      prose.add(Outcome.colour(entry.getKey()), entry.getKey().id() + " " + entry.getValue());
    }
    return prose;
  }

  private static Map<AnnotationKind, Long> ofGroup(
      AnnotationKind.Group group, Map<AnnotationKind, Long> counts) {
    Map<AnnotationKind, Long> found = new EnumMap<>(AnnotationKind.class);
    for (Map.Entry<AnnotationKind, Long> entry : counts.entrySet()) {
      if (entry.getKey().group() == group) {
        found.put(entry.getKey(), entry.getValue());
      }
    }
    return found;
  }

  private void listeners(List<ListenerReport> listeners) throws IOException {
    int address = "address".length();
    int shown = Math.min(listeners.size(), SHOWN_LISTENERS);
    for (ListenerReport listener : listeners.subList(0, shown)) {
      address = Math.max(address, listener.address().toString().length());
    }
    boolean wide = 2 + address + COLUMNS.size() * NUMBER <= layout.width();
    if (wide) {
      line.skip(2).left(Meaning.DIM, "address", address);
      for (String column : COLUMNS) {
        line.right(Meaning.DIM, column, NUMBER);
      }
      line.printTo(out);
    }
    for (ListenerReport listener : listeners.subList(0, shown)) {
      line.skip(2).left(Meaning.SERVER, listener.address().toString(), wide ? address : 0);
      if (wide) {
        row(listener);
      } else {
        words(listener);
      }
    }
    if (shown < listeners.size()) {
      line.skip(2).add(Meaning.DIM, "and " + (listeners.size() - shown) + " more").printTo(out);
    }
  }

  private void row(ListenerReport listener) throws IOException {
    line.right(null, clients(listener), NUMBER);
    line.right(null, Long.toString(listener.connections()), NUMBER);
    line.right(null, Long.toString(listener.mostAtOnce()), NUMBER);
    trouble(listener.refused(), Meaning.ERROR);
    trouble(listener.unanswered(), Meaning.WARNING);
    line.printTo(out);
  }

  /** Says the same where the table is too wide. */
  private void words(ListenerReport listener) throws IOException {
    Prose prose = new Prose().add(": clients " + clients(listener));
    prose.add(", connections " + listener.connections());
    prose.add(", at once " + listener.mostAtOnce());
    if (listener.refused() > 0) {
      prose.add(", ").add(Meaning.ERROR, "refused " + listener.refused());
    }
    if (listener.unanswered() > 0) {
      prose.add(", ").add(Meaning.WARNING, "unanswered " + listener.unanswered());
    }
    prose.printTo(out, line, 4, layout.width());
  }

  private static String clients(ListenerReport listener) {
    return (listener.clientsExact() ? "" : ">=") + listener.clients();
  }

  private void trouble(long count, Meaning meaning) {
    line.right(count > 0 ? meaning : null, Long.toString(count), NUMBER);
  }
}
