package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;

/** Draws the arrows between the lifelines of a ladder, with as many numbers on them as fit. */
final class LadderArrow {
  /** An arrow that does not get through ends so far before the other lifeline. */
  private static final int SHORT_BY = 5;

  /** Two dashes and a blank before the label, the same and the head behind it. */
  private static final int LEAST_SHAFT = 7;

  private LadderArrow() {}

  /** Returns the arrow of one segment; {@code lost} ones stop short and have no head. */
  static String of(SegmentFacts segment, boolean lost, Strokes strokes, int width) {
    int shaft = lost ? Math.max(1, width - SHORT_BY) : width;
    String label = label(segment, shaft - LEAST_SHAFT);
    String blanks = " ".repeat(width - shaft);
    if (segment.from() == Side.CLIENT) {
      char head = lost ? Strokes.LOST : strokes.rightHead;
      return line(label, strokes.shaft, shaft - 1) + head + blanks;
    }
    char head = lost ? Strokes.LOST : strokes.leftHead;
    return blanks + head + line(label, strokes.shaft, shaft - 1);
  }

  /** Returns the arrow of a run that is folded; it points both ways if both sides send data. */
  static String of(FoldedRun run, Strokes strokes, int width) {
    Side from = run.from();
    String label = run.label() + (run.bytes().isEmpty() ? "" : ", " + run.bytes());
    if (from == null) {
      return strokes.leftHead + line(label, strokes.runShaft, width - 2) + strokes.rightHead;
    }
    String shaft = line(label, strokes.runShaft, width - 1);
    return from == Side.CLIENT ? shaft + strokes.rightHead : strokes.leftHead + shaft;
  }

  /** Returns flags and numbers, of which the least telling are left out until the rest fits. */
  private static String label(SegmentFacts segment, int room) {
    String names = segment.flags() == 0 ? "no flags" : TcpFlags.names(segment.flags());
    String bytes =
        segment.length() > 0 ? " " + TimelineRow.bytes(segment) : " seq " + segment.seqRel();
    String ack = blankBefore(TimelineRow.ack(segment));
    String window = blankBefore(TimelineRow.window(segment));
    String mss =
        segment.options().mssBytes().isPresent()
            ? " mss " + segment.options().mssBytes().getAsInt()
            : "";
    String[] shorterAndShorter = {
      names + bytes + ack + window + mss,
      names + bytes + ack + window,
      TcpFlags.letters(segment.flags()) + bytes + ack + window,
      names + bytes + ack,
      TcpFlags.letters(segment.flags()) + bytes + ack,
      TcpFlags.letters(segment.flags()) + bytes
    };
    for (String label : shorterAndShorter) {
      if (label.length() <= room) {
        return label;
      }
    }
    return names;
  }

  private static String blankBefore(String text) {
    return text.isEmpty() ? "" : " " + text;
  }

  private static String line(String label, char dash, int width) {
    if (label.length() + 2 > width) {
      return String.valueOf(dash).repeat(Math.max(0, width));
    }
    int dashes = width - label.length() - 2;
    String left = String.valueOf(dash).repeat(dashes / 2);
    return left + " " + label + " " + String.valueOf(dash).repeat(dashes - dashes / 2);
  }
}
