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
    StringBuilder text = new StringBuilder(gap.stream().from().id()).append(": ");
    text.append(Counted.of(gap.length(), "byte")).append(" missing (");
    text.append(Counted.bytes(gap.start(), gap.end())).append("): ");
    if (gap.reason() == StreamGap.Reason.SNAPPED) {
      return text.append("frame ")
          .append(gap.frame())
          .append(" was cut short when it was captured")
          .toString();
    }
    text.append("never captured; ");
    if (gap.acknowledgedFrame() == 0) {
      text.append("nor did the ").append(gap.stream().from().opposite().id());
      text.append(" acknowledge ").append(gap.length() == 1 ? "it" : "them");
    } else {
      text.append("the ").append(gap.stream().from().opposite().id()).append(" acknowledged ");
      text.append(gap.length() == 1 ? "it" : "them");
      text.append(" in frame ").append(gap.acknowledgedFrame());
    }
    if (gap.givenUpEarly()) {
      text.append("; not waited for any longer, because a bound was reached");
    }
    return text.append(gap.mayIncludeFin() ? "; the last one may be the FIN" : "").toString();
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
      case RESET -> what + " came with a RST and are no data: " + start(aside.piece());
      case KEEP_ALIVE -> what + " belong to a keep-alive and are no data";
      case STRAY -> what + " do not fit this connection: " + start(aside.piece());
      case LATE ->
          what
              + " came too late for their place ("
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
