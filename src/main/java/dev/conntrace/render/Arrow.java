package dev.conntrace.render;

import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;

/**
 * Draws who sends to whom, the client always on the left: {@code client --- SYN --->}, {@code <--
 * ACK --- server}.
 */
final class Arrow {
  /** Columns of an arrow that need not be short. */
  static final int LONG = 22;

  /** Columns of an arrow where there is little room. */
  static final int SHORT = 20;

  private static final int NAME_AND_HEAD = "client >".length();

  private Arrow() {}

  /** Returns the arrow of one segment with its flags on it. */
  static String of(Side from, int flags, int width) {
    String names = flags == 0 ? "no flags" : TcpFlags.names(flags);
    return of(
        from,
        names.length() <= width - NAME_AND_HEAD ? names : TcpFlags.letters(flags),
        '-',
        width);
  }

  /** Returns the arrow of a run of segments that only one side's data is in. */
  static String ofRun(Side from, String label, int width) {
    return of(from, label, '=', width);
  }

  /** Returns the arrow of a run of segments with data both ways. */
  static String ofExchange(String label, int width) {
    StringBuilder text = new StringBuilder("<");
    appendShaft(text, label, '=', width - 2);
    return text.append('>').toString();
  }

  /** Returns the colour of what a side sends. */
  static Meaning colour(Side from) {
    return from == Side.CLIENT ? Meaning.CLIENT : Meaning.SERVER;
  }

  private static String of(Side from, String label, char dash, int width) {
    StringBuilder text = new StringBuilder(width);
    int shaft = width - NAME_AND_HEAD;
    if (from == Side.CLIENT) {
      appendShaft(text.append("client "), label, dash, shaft);
      return text.append('>').toString();
    }
    appendShaft(text.append('<'), label, dash, shaft);
    return text.append(" server").toString();
  }

  private static void appendShaft(StringBuilder text, String label, char dash, int width) {
    boolean blanks = label.length() + 4 <= width;
    String shown = blanks ? " " + label + " " : label;
    int dashes = Math.max(0, width - shown.length());
    repeat(text, dash, dashes / 2);
    text.append(shown);
    repeat(text, dash, dashes - dashes / 2);
  }

  private static void repeat(StringBuilder text, char c, int times) {
    for (int i = 0; i < times; i++) {
      text.append(c);
    }
  }
}
