package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains words and segments. */
public final class ExplainText {
  private static final int INDENT = 2;
  private static final int NANO_DIGITS = 9;
  private static final int MOST_SKIPPED = 64;

  private final Appendable out;
  private final Layout layout;
  private final Line line;
  private @Nullable Glossary glossary;

  /** Prints to {@code out} in the given layout. */
  public ExplainText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.line = new Line(layout.palette());
  }

  /** Prints everything that can be explained, by subject. */
  public void index() throws IOException {
    String kind = "";
    Prose names = new Prose();
    for (Glossary.Entry entry : glossary().entries()) {
      if (!entry.kind().equals(kind)) {
        printNames(kind, names);
        kind = entry.kind();
        names = new Prose();
      }
      for (String name : entry.names()) {
        names.then(", ").add(name);
      }
    }
    printNames(kind, names);
  }

  /**
   * Prints what a word means: an annotation, a state, a field or value of the records (of a name
   * with dots the last part), or a concept; of {@code where} and {@code expectations} the whole
   * language.
   *
   * @return whether the word is known; if not, nothing was printed
   */
  public boolean term(String word) throws IOException {
    String normal = Glossary.normal(word);
    if (LanguageText.isLanguage(normal)) {
      new LanguageText(out, layout).print(normal);
      return true;
    }
    List<Glossary.Entry> found = glossary().find(word);
    if (found.isEmpty()) {
      found = glossary().find(word.substring(word.lastIndexOf('.') + 1));
    }
    for (int i = 0; i < found.size(); i++) {
      if (i > 0) {
        out.append('\n');
      }
      print(found.get(i));
    }
    return !found.isEmpty();
  }

  /** Returns every word that can be explained. */
  public static List<String> terms() {
    List<String> terms = new ArrayList<>();
    try {
      for (Glossary.Entry entry : new Glossary().entries()) {
        for (String name : entry.names()) {
          // In a shell's list of words a blank begins the next word; the dash is understood too.
          terms.add(name.replace(' ', '-'));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms;
  }

  /**
   * Prints everything known of one segment: layers, numbers, flags, options, states, and each
   * verdict with its evidence.
   *
   * @param context what surrounds it, told of its whole connection
   * @param details what only its bytes tell; null where they are not at hand
   * @param withHeader whether to draw its TCP header
   */
  public void frame(
      String file,
      ConnectionReport report,
      SegmentSeen event,
      FrameContext context,
      @Nullable FrameDetails details,
      boolean withHeader)
      throws IOException {
    new FrameText(out, layout).print(file, report, event, context, details, withHeader);
  }

  /**
   * Prints what is known of a packet that is no TCP segment.
   *
   * @param timestampNanos when it was captured, or {@link SegmentFacts#NO_TIMESTAMP}
   * @param ends from where to where it went; empty where the packet does not tell
   * @param reason the id under which it is counted
   * @param explanation what that means, without a full stop
   */
  public void skipped(
      String file,
      long frame,
      long timestampNanos,
      String ends,
      String reason,
      String explanation,
      FrameDetails details)
      throws IOException {
    new Prose()
        .add(Meaning.TITLE, "Frame " + frame)
        .add(": no TCP segment")
        .add(Meaning.DIM, "  " + Escaped.text(file))
        .printTo(out, line, 0, layout.width());
    Labelled entries = new Labelled(out, layout, INDENT, "captured".length());
    entries.print("it is", explanation + " (counted as " + reason + ")");
    if (timestampNanos != SegmentFacts.NO_TIMESTAMP) {
      ClockText clock = new ClockText(layout.time(), timestampNanos, timestampNanos);
      entries.print("time", clock.moment(timestampNanos, NANO_DIGITS));
    }
    if (!ends.isEmpty()) {
      entries.print("from, to", ends);
    }
    entries.print("captured", FrameBytesWords.captured(details));
    entries.print("headers", FrameBytesWords.layers(details));
    if (!details.payload().isEmpty()) {
      entries.print("then", "bytes that are not looked into");
      new HexDump(out, layout, 2 * INDENT).print(details.payload(), MOST_SKIPPED);
    }
  }

  private void print(Glossary.Entry entry) throws IOException {
    Prose head = new Prose().add(Meaning.TITLE, String.join(", ", entry.names()));
    head.add(Meaning.DIM, " (" + entry.kind() + ")");
    if (!entry.title().isEmpty()) {
      head.add(": " + entry.title());
    }
    head.printTo(out, line, 0, layout.width());
    new Prose().add(entry.text()).printTo(out, line, INDENT, layout.width());
    if (!entry.reference().isEmpty()) {
      Prose reference = new Prose().add(Meaning.DIM, entry.reference());
      reference.printTo(out, line, INDENT, layout.width());
    }
  }

  private void printNames(String kind, Prose names) throws IOException {
    if (!names.isEmpty()) {
      line.add(Meaning.TITLE, kind).printTo(out);
      names.printTo(out, line, INDENT, layout.width());
    }
  }

  private Glossary glossary() throws IOException {
    Glossary known = glossary;
    if (known == null) {
      known = new Glossary();
      glossary = known;
    }
    return known;
  }
}
