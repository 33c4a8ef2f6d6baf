package dev.conntrace.cli;

import dev.conntrace.render.Meaning;
import dev.conntrace.render.Palette;
import java.util.EnumMap;
import java.util.Map;
import org.fusesource.jansi.Ansi;

/**
 * Colours for terminals: the sixteen that the user's own colour scheme defines, so that they can be
 * read on a dark and on a light ground.
 */
final class JansiPalette implements Palette {
  private static final String RESET = new Ansi().reset().toString();

  private final Map<Meaning, String> starts = new EnumMap<>(Meaning.class);

  JansiPalette() {
    for (Meaning meaning : Meaning.values()) {
      starts.put(meaning, start(meaning).toString());
    }
  }

  @Override
  public String paint(Meaning meaning, String text) {
    return text.isEmpty() ? text : starts.get(meaning) + text + RESET;
  }

  private static Ansi start(Meaning meaning) {
    Ansi ansi = new Ansi();
    return switch (meaning) {
      case TITLE -> ansi.bold();
      case CLIENT -> ansi.fgCyan();
      case SERVER -> ansi.fgMagenta();
      case GOOD -> ansi.fgGreen();
      case NOTICE -> ansi.fgBlue();
      case WARNING -> ansi.fgYellow();
      case ERROR -> ansi.bold().fgRed();
      case STATE -> ansi.fgBlue();
      case FRAME -> ansi.bold();
      case PAYLOAD -> ansi.fgGreen();
      case DIM -> ansi.a(Ansi.Attribute.INTENSITY_FAINT);
    };
  }
}
