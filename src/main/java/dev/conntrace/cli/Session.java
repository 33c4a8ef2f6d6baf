package dev.conntrace.cli;

import dev.conntrace.render.Layout;
import dev.conntrace.render.Palette;
import dev.conntrace.render.Strokes;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureReport;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a command works with.
 *
 * @param surroundings the process around it
 * @param engine what traces
 * @param options the options that all commands share
 * @param messages what goes to standard error
 * @param output where results go
 */
record Session(
    Surroundings surroundings,
    Engine engine,
    CommonOptions options,
    Messages messages,
    Output output) {

  /** The first is the launcher's, which overrides the others where they are not UTF-8. */
  private static final String[] LOCALE_VARIABLES = {
    "CONNTRACE_LOCALE", "LC_ALL", "LC_CTYPE", "LANG"
  };

  /** Returns how text is to be laid out. */
  Layout layout(boolean unfold) {
    Palette palette = options.color().isOn(surroundings) ? new JansiPalette() : Palette.PLAIN;
    int width = options.width() > 0 ? options.width() : Width.of(surroundings);
    return new Layout(width, palette, options.time(), unfold);
  }

  /**
   * Returns the characters for diagrams that the reader's locale can show (POSIX: LC_ALL first).
   */
  Strokes strokes() {
    for (String name : LOCALE_VARIABLES) {
      String value = surroundings.variable(name);
      if (value != null && !value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8") ? Strokes.UNICODE : Strokes.ASCII;
      }
    }
    return Strokes.ASCII;
  }

  /** Returns what prints records in the format that was asked for. */
  RecordPrinter printer() {
    return switch (options.format()) {
      case TEXT -> new TextPrinter(output, layout(false));
      case NDJSON -> new NdjsonPrinter(output);
      case CSV -> new CsvPrinter(output);
    };
  }

  /** Returns a session whose results go to a file, where nothing is coloured unasked. */
  Session writingTo(OutputStream file) {
    Terminals terminals = surroundings.terminals();
    Surroundings around =
        new Surroundings(
            surroundings.in(),
            file,
            surroundings.err(),
            surroundings.environment(),
            new Terminals(terminals.in(), false, terminals.err()));
    return new Session(around, engine, options, messages, new Output(file, null));
  }

  /** Returns a session whose results go to standard error. */
  Session onStandardError() {
    Terminals terminals = surroundings.terminals();
    Surroundings around =
        new Surroundings(
            surroundings.in(),
            surroundings.err(),
            surroundings.err(),
            surroundings.environment(),
            new Terminals(terminals.in(), terminals.err(), terminals.err()));
    return new Session(around, engine, options, messages, new Output(surroundings.err(), null));
  }

  /** Says so where a selection has left nothing of a capture that does hold connections. */
  void noteIfNothing(
      String file, long selected, ConnectionSelection selection, @Nullable CaptureReport capture) {
    if (selected == 0 && !selection.isEmpty() && capture != null && capture.connections() > 0) {
      messages.note(
          file
              + ": nothing is selected; it holds "
              + (capture.connections() == 1
                  ? "1 connection"
                  : capture.connections() + " connections"));
    }
  }
}
