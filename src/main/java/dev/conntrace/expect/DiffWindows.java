package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;

/** Compares the windows that one side announced. */
final class DiffWindows {
  private DiffWindows() {}

  static void compare(DiffNotes.Of notes, Side side) {
    String first = windows(notes.first(), side);
    String second = windows(notes.second(), side);
    if (!first.equals(second)) {
      notes.add(
          DiffAspect.WINDOWS,
          side,
          notes.whose(true, side)
              + " announces "
              + first
              + ", "
              + notes.name(false)
              + "'s "
              + second);
    }
  }

  /** The window of a RST means nothing. */
  private static String windows(DiffConnection connection, Side side) {
    long least = Long.MAX_VALUE;
    long most = -1;
    for (DiffSegment segment : connection.segments()) {
      if (segment.from() == side && !segment.has(TcpFlags.RST)) {
        least = Math.min(least, segment.windowBytes());
        most = Math.max(most, segment.windowBytes());
      }
    }
    if (most < 0) {
      return "no window";
    }
    return least == most
        ? "windows of " + least + " bytes"
        : "windows of " + least + " to " + most + " bytes";
  }
}
