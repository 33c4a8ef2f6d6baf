package dev.conntrace.render;

import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.SegmentFacts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Prints connections as a table, a row each; where the terminal is narrow, in words on two lines.
 */
public final class ConnectionsText {
  private static final int GAP = 2;
  private static final int NUMBER = 4;
  private static final int ENDPOINT = "255.255.255.255:65535".length();
  private static final int OPENED = "simultaneous".length();
  private static final int CLOSED = "three-segment".length();
  private static final int FIRST = "closed by".length();
  private static final int DURATION = 9;
  private static final int BYTES = 11;
  private static final int NOTABLE =
      NUMBER + 2 * ENDPOINT + OPENED + CLOSED + FIRST + DURATION + 2 * BYTES + 9 * GAP;
  private static final int LEAST_FOR_NOTABLE = 24;

  private final Appendable out;
  private final Layout layout;
  private final Line line;
  private @Nullable String lastFile;
  private long rows;

  /** Prints to {@code out} in the given layout. */
  public ConnectionsText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.line = new Line(layout.palette());
  }

  /** Prints one connection's row, and before the first of a file the table's head. */
  public void connection(String file, ConnectionReport report) throws IOException {
    if (!file.equals(lastFile)) {
      if (lastFile != null) {
        out.append('\n');
        line.add(Meaning.TITLE, Escaped.text(file)).printTo(out);
      }
      lastFile = file;
      if (isWide()) {
        head();
      }
    }
    rows++;
    if (isWide() && fits(report)) {
      row(report);
    } else {
      words(report);
    }
  }

  /** Prints what belongs below the table; says so where there was no connection. */
  public void end() throws IOException {
    if (rows == 0) {
      line.add("no TCP connection").printTo(out);
    }
  }

  private boolean isWide() {
    return layout.width() - NOTABLE >= LEAST_FOR_NOTABLE;
  }

  private static boolean fits(ConnectionReport report) {
    return report.scope() == null
        && report.key().client().toString().length() <= ENDPOINT
        && report.key().server().toString().length() <= ENDPOINT;
  }

  private void head() throws IOException {
    line.right(Meaning.DIM, "no.", NUMBER).skip(GAP);
    left("client", ENDPOINT);
    left("server", ENDPOINT);
    left("opened", OPENED);
    left("closed", CLOSED);
    left("closed by", FIRST);
    line.right(Meaning.DIM, "duration", DURATION).skip(GAP);
    line.right(Meaning.DIM, "client sent", BYTES).skip(GAP);
    line.right(Meaning.DIM, "server sent", BYTES).skip(GAP);
    line.add(Meaning.DIM, "notable").printTo(out);
  }

  private void left(String title, int columns) {
    line.left(Meaning.DIM, title, columns).skip(GAP);
  }

  private void row(ConnectionReport report) throws IOException {
    Party first = report.closedFirst();
    line.right(Meaning.TITLE, Integer.toString(report.connection()), NUMBER).skip(GAP);
    line.left(Meaning.CLIENT, report.key().client().toString(), ENDPOINT).skip(GAP);
    line.left(Meaning.SERVER, report.key().server().toString(), ENDPOINT).skip(GAP);
    line.left(Outcome.colour(report.opened()), report.opened().id(), OPENED).skip(GAP);
    line.left(Outcome.colour(report.closed()), report.closed().id(), CLOSED).skip(GAP);
    line.left(null, first == null ? "-" : first.id(), FIRST).skip(GAP);
    line.right(null, duration(report), DURATION).skip(GAP);
    line.right(null, Long.toString(report.fromClient().uniqueBytes()), BYTES).skip(GAP);
    line.right(null, Long.toString(report.fromServer().uniqueBytes()), BYTES).skip(GAP);
    Prose beware = QualityWords.beware(report.quality());
    int columns = layout.width() - NOTABLE;
    Prose notable =
        beware.isEmpty()
            ? Findings.brief(report.annotations(), columns, "-")
            : Findings.brief(report.annotations(), columns, "").then("; ").add(beware);
    notable.printTo(out, line, NOTABLE, layout.width());
  }

  private void words(ConnectionReport report) throws IOException {
    line.right(Meaning.TITLE, Integer.toString(report.connection()), NUMBER).skip(GAP);
    Prose prose = new Prose();
    prose.add(Meaning.CLIENT, report.key().client().toString()).add(" -> ");
    prose.add(Meaning.SERVER, report.key().server().toString());
    prose.printTo(out, line, NUMBER + GAP, layout.width());
    String scope = report.scope();
    if (scope != null) {
      new Prose().add("in " + Escaped.text(scope)).printTo(out, line, NUMBER + GAP, layout.width());
    }
    Party first = report.closedFirst();
    prose = new Prose().add(Outcome.colour(report.opened()), report.opened().id()).add(", ");
    prose.add(Outcome.colour(report.closed()), report.closed().id());
    if (first != null && first != Party.BOTH) {
      boolean reset = report.closed() == Closed.RESET;
      prose.add(reset ? " (by the " + first.id() + ")" : " (" + first.id() + " first)");
    }
    prose.add(", " + duration(report));
    prose.add("; client sent " + Counted.of(report.fromClient().uniqueBytes(), "byte"));
    prose.add(", server " + report.fromServer().uniqueBytes());
    Prose notable = Findings.brief(report.annotations(), layout.width() - NUMBER - GAP, "");
    if (!notable.isEmpty()) {
      prose.add("; ").add(notable);
    }
    Prose beware = QualityWords.beware(report.quality());
    if (!beware.isEmpty()) {
      prose.add("; ").add(beware);
    }
    prose.printTo(out, line, NUMBER + GAP, layout.width());
  }

  private static String duration(ConnectionReport report) {
    return report.startNanos() == SegmentFacts.NO_TIMESTAMP
        ? "no times"
        : Durations.text(report.durationNanos());
  }
}
