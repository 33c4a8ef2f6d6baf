package dev.conntrace.render;

import dev.conntrace.expect.DiffAspect;
import dev.conntrace.expect.DiffOptions;
import dev.conntrace.expect.DiffResult;
import dev.conntrace.expect.Difference;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Prints how two captures differ: connection by connection, and in the last line how much. */
public final class DiffText {
  private static final int LABEL = "connections".length();

  private final Appendable out;
  private final Layout layout;
  private final DiffOptions options;
  private final Line line;

  /**
   * Prints to {@code out} in the given layout; {@code options} say what the captures are called.
   */
  public DiffText(Appendable out, Layout layout, DiffOptions options) {
    this.out = out;
    this.layout = layout;
    this.options = options;
    this.line = new Line(layout.palette());
  }

  /** Prints the differences between two files. */
  public void print(String first, String second, DiffResult result) throws IOException {
    if (!result.isEqual()) {
      line.add(Meaning.TITLE, options.first()).add(": " + Escaped.text(first)).printTo(out);
      line.add(Meaning.TITLE, options.second()).add(": " + Escaped.text(second)).printTo(out);
      print(result.differences());
      out.append('\n');
    }
    conclude(result);
  }

  private void print(List<Difference> differences) throws IOException {
    Labelled entries = new Labelled(out, layout, 2, LABEL);
    String before = "";
    for (Difference difference : differences) {
      String title = title(difference);
      if (!title.equals(before)) {
        out.append('\n');
        line.add(Meaning.TITLE, title).printTo(out);
        before = title;
      }
      Prose text = new Prose().add(difference.text());
      entries.print(difference.aspect().id(), text.add(Meaning.FRAME, frames(difference)));
    }
  }

  private String title(Difference difference) {
    if (difference.firstConnection() == 0) {
      return "connection " + difference.secondConnection() + " of " + options.second();
    }
    String first = "connection " + difference.firstConnection() + " of " + options.first();
    return difference.secondConnection() == 0
        ? first
        : first + " and " + difference.secondConnection() + " of " + options.second();
  }

  private String frames(Difference difference) {
    StringJoiner frames = new StringJoiner("; ", " (", ")").setEmptyValue("");
    if (!difference.firstFrames().isEmpty()) {
      frames.add(options.first() + " " + Counted.frames(difference.firstFrames()));
    }
    if (!difference.secondFrames().isEmpty()) {
      frames.add(options.second() + " " + Counted.frames(difference.secondFrames()));
    }
    return frames.toString();
  }

  private void conclude(DiffResult result) throws IOException {
    Map<DiffAspect, Integer> counts = new EnumMap<>(DiffAspect.class);
    for (Difference difference : result.differences()) {
      counts.merge(difference.aspect(), 1, Integer::sum);
    }
    Prose prose = new Prose();
    if (result.isEqual()) {
      String pairs = Counted.of(result.matched(), "connection");
      prose.add(Meaning.GOOD, "no differences").add(" in " + pairs);
    } else {
      prose.add(Meaning.ERROR, Counted.of(result.differences().size(), "difference"));
      prose.add(": " + listed(counts));
    }
    if (counts.keySet().equals(EnumSet.of(DiffAspect.SEGMENTS))) {
      prose.add("; where much data flows at once it is cut by chance: see --ignore segments");
    }
    if (!result.uncounted().isEmpty()) {
      prose.add("; not counted: " + listed(result.uncounted()));
    }
    if (!result.isComplete()) {
      prose.add("; of the longest connections only totals and bytes were compared");
    }
    prose.printTo(out, line, 0, layout.width());
  }

  private static String listed(Map<DiffAspect, Integer> counts) {
    StringJoiner list = new StringJoiner(", ");
    counts.forEach((aspect, count) -> list.add(count + " in " + aspect.id()));
    return list.toString();
  }
}
