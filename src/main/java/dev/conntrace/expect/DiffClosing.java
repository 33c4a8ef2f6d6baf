package dev.conntrace.expect;

import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares how two connections closed. */
final class DiffClosing {
  private DiffClosing() {}

  static void compare(DiffNotes.Of notes) {
    ConnectionReport first = notes.first().report();
    ConnectionReport second = notes.second().report();
    String one = phrase(first.closed());
    String other = phrase(second.closed());
    if (!one.equals(other)) {
      // What never opened has been told of.
      if (first.closed() != Closed.NEVER_OPENED && second.closed() != Closed.NEVER_OPENED) {
        add(notes, null, notes.name(true) + " " + one + ", " + notes.name(false) + " " + other);
      }
    } else if (first.closedFirst() != second.closedFirst()) {
      comparePartners(notes, first, second);
    } else {
      compareStates(notes, first, second);
    }
    if (first.closed() != second.closed() && one.equals(other)) {
      notes.add(
          DiffAspect.ACKS,
          null,
          notes.name(true)
              + " is "
              + first.closed().words()
              + "; "
              + notes.name(false)
              + " is "
              + second.closed().words());
    }
  }

  /** Whether the second FIN waits for the ACK before it is a matter of milliseconds. */
  private static String phrase(Closed closed) {
    return switch (closed) {
      case FOUR_SEGMENT, THREE_SEGMENT -> "closes by FIN";
      case SIMULTANEOUS -> "closes by FINs that cross";
      case HALF_CLOSED -> "closes one direction only";
      case RESET -> "closes by RST";
      case OPEN -> "does not close";
      case NEVER_OPENED -> "never opens";
    };
  }

  private static void comparePartners(
      DiffNotes.Of notes, ConnectionReport first, ConnectionReport second) {
    String does = first.closed() == Closed.RESET ? "resets the connection" : "closes first";
    add(
        notes,
        null,
        "in "
            + notes.name(true)
            + " "
            + partner(first.closedFirst())
            + " "
            + does
            + ", in "
            + notes.name(false)
            + " "
            + partner(second.closedFirst())
            + " does");
  }

  private static String partner(@Nullable Party party) {
    if (party == null) {
      return "nobody";
    }
    return party == Party.BOTH ? "either side" : "the " + party.id();
  }

  private static void compareStates(
      DiffNotes.Of notes, ConnectionReport first, ConnectionReport second) {
    for (Side side : Side.values()) {
      if (first.stateOf(side) != second.stateOf(side)) {
        add(
            notes,
            side,
            notes.whose(true, side)
                + " ends in "
                + first.stateOf(side)
                + ", "
                + notes.name(false)
                + "'s in "
                + second.stateOf(side));
      }
    }
  }

  private static void add(DiffNotes.Of notes, @Nullable Side side, String text) {
    notes.add(DiffAspect.CLOSING, side, text, frames(notes.first()), frames(notes.second()));
  }

  /** Returns the frame of the first FIN or RST. */
  private static List<Long> frames(DiffConnection connection) {
    for (DiffSegment segment : connection.segments()) {
      if (segment.has(TcpFlags.FIN) || segment.has(TcpFlags.RST)) {
        return List.of(segment.frame());
      }
    }
    return List.of();
  }
}
