package dev.conntrace.render;

import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamTotals;
import java.nio.charset.StandardCharsets;

/** Says in a sentence what is to be said beside the bytes of a stream. */
public final class StreamWords {
  private static final int SHOWN_BYTES = 32;

  private StreamWords() {}

  /** Returns whose bytes are missing, which, and why. */
  public static String gap(StreamGap gap) {
    return gap(gap, gap);
  }

  /** Returns whether a gap goes on where another one ended, for the same reason. */
  static boolean continues(StreamGap before, StreamGap gap) {
    return before.reason() == StreamGap.Reason.SNAPPED
        && gap.reason() == before.reason()
        && gap.start() == before.end()
        && gap.stream().from() == before.stream().from();
  }

  /** Returns the same of a run of gaps that {@linkplain #continues continue} each other. */
  static String gap(StreamGap first, StreamGap last) {
    StringBuilder text = new StringBuilder(first.stream().from().id()).append(": ");
    text.append(Counted.of(last.end() - first.start(), "byte")).append(" missing (");
    text.append(Counted.bytes(first.start(), last.end())).append("): ");
    if (first.reason() == StreamGap.Reason.SNAPPED) {
      return snapped(text, first.frame(), last.frame());
    }
    text.append("never captured; ").append(acknowledged(first));
    if (first.givenUpEarly()) {
      text.append("; not waited for any longer, because a bound was reached");
    }
    return text.append(first.mayIncludeFin() ? "; the last one may be the FIN" : "").toString();
  }

  private static String snapped(StringBuilder text, long first, long last) {
    return first == last
        ? text.append("frame ").append(first).append(" was cut short in the capture").toString()
        : text.append("cut short in the capture, frames ")
            .append(first)
            .append(" to ")
            .append(last)
            .toString();
  }

  private static String acknowledged(StreamGap gap) {
    String other = "the " + gap.stream().from().opposite().id();
    String them = gap.length() == 1 ? "it" : "them";
    return gap.acknowledgedFrame() == 0
        ? other + " did not acknowledge " + them
        : other + " acknowledged " + them + " in frame " + gap.acknowledgedFrame();
  }

  /** Returns who contradicts whom, and how both copies begin. */
  public static String conflict(StreamConflict conflict) {
    return conflict.stream().from().id()
        + ": "
        + Counted.bytes(conflict.start(), conflict.end())
        + " came twice with different contents: "
        + start(conflict.kept())
        + " in frame "
        + conflict.kept().frame()
        + " is kept, "
        + start(conflict.other())
        + " in frame "
        + conflict.other().frame()
        + " is not";
  }

  /** Returns what was left out, and why. */
  public static String aside(StreamAside aside) {
    String what =
        aside.stream().from().id()
            + ": "
            + Counted.of(aside.piece().length(), "byte")
            + " in frame "
            + aside.piece().frame();
    return switch (aside.reason()) {
      case RESET -> what + " came with a RST, not as data: " + start(aside.piece());
      case KEEP_ALIVE -> what + " of a keep-alive, not data";
      case DAMAGED ->
          what + " with a wrong checksum, which its receiver throws away: " + start(aside.piece());
      case STRAY -> what + " with numbers that do not fit this connection: " + start(aside.piece());
      case LATE ->
          what
              + ", too late for the place that was kept ("
              + Counted.bytes(aside.piece().start(), aside.piece().end())
              + "): "
              + start(aside.piece());
    };
  }

  /** Returns what a stream came to. */
  public static String totals(StreamTotals totals) {
    StringBuilder text = new StringBuilder();
    text.append(totals.bytes() == 0 ? "no bytes" : Counted.of(totals.bytes(), "byte"));
    if (totals.gaps() > 0) {
      text.append(", ").append(Counted.of(totals.missingBytes(), "byte")).append(" missing in ");
      text.append(Counted.of(totals.gaps(), "gap"));
    }
    if (totals.conflicts() > 0) {
      text.append(", ").append(Counted.of(totals.conflicts(), "contradiction"));
    }
    if (totals.notComparedBytes() > 0) {
      text.append(", ").append(Counted.of(totals.notComparedBytes(), "byte"));
      text.append(" sent again and not compared");
    }
    if (totals.asideBytes() > 0) {
      text.append(", ").append(Counted.of(totals.asideBytes(), "byte")).append(" left out");
    }
    if (totals.boundsReached() > 0) {
      text.append(", a memory bound was reached ")
          .append(Counted.of(totals.boundsReached(), "time"));
    }
    return text.append(totals.finished() ? ", then FIN" : "").toString();
  }

  private static String start(StreamPiece piece) {
    byte[] bytes = piece.bytes();
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    return Escaped.quoted(new String(bytes, 0, shown, StandardCharsets.ISO_8859_1))
        + (shown < bytes.length ? "..." : "");
  }
}
