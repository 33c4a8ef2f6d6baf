package dev.conntrace.render;

import dev.conntrace.trace.Durations;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.UdpConversation;
import dev.conntrace.trace.UdpReport;
import java.io.IOException;

/** Prints the UDP beside the TCP: who talked to whom, and how much; there is no more to tell. */
final class UdpText {
  private static final int SHOWN = 10;
  private static final int INDENT = 2;
  private static final int DETAIL = 6;

  private final Appendable out;
  private final Layout layout;
  private final Line line;

  UdpText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.line = new Line(layout.palette());
  }

  /** Prints the busiest conversations under a title; nothing where there was no UDP. */
  void print(UdpReport report) throws IOException {
    if (report.total() == 0) {
      return;
    }
    out.append('\n');
    String total = (report.exact() ? "" : "at least ") + report.total();
    line.add(Meaning.TITLE, "UDP conversations: " + total).printTo(out);
    int shown = Math.min(report.busiest().size(), SHOWN);
    for (UdpConversation conversation : report.busiest().subList(0, shown)) {
      print(conversation);
    }
    if (shown < report.total()) {
      line.skip(INDENT).add(Meaning.DIM, "and " + (report.total() - shown) + " more").printTo(out);
    }
    new Prose()
        .add(Meaning.DIM, "what TCP would have added: conntrace explain udp")
        .printTo(out, line, INDENT, layout.width());
  }

  private void print(UdpConversation conversation) throws IOException {
    new Prose()
        .add(Meaning.CLIENT, conversation.first().toString())
        .add(" -> ")
        .add(Meaning.SERVER, conversation.second().toString())
        .printTo(out, line, INDENT, layout.width());
    Prose prose = new Prose();
    prose.add(amount(conversation.datagramsFromFirst(), conversation.bytesFromFirst()) + "; ");
    prose.add(
        conversation.datagramsFromSecond() == 0
            ? "nothing came back"
            : amount(conversation.datagramsFromSecond(), conversation.bytesFromSecond()) + " back");
    if (conversation.startNanos() != SegmentFacts.NO_TIMESTAMP && conversation.datagrams() > 1) {
      prose.add("; " + Durations.text(conversation.endNanos() - conversation.startNanos()));
    }
    prose.printTo(out, line, DETAIL, layout.width());
  }

  private static String amount(long datagrams, long bytes) {
    return Counted.of(datagrams, "datagram") + ", " + Counted.of(bytes, "byte");
  }
}
