package dev.conntrace.expect;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Handshake.Offer;
import dev.conntrace.trace.Multipath;
import dev.conntrace.trace.Side;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compares how two connections opened, and what their SYNs offer. */
final class DiffOpening {
  private final DiffNotes.Of notes;
  private final Side side;
  private final List<Long> firstFrames;
  private final List<Long> secondFrames;

  private DiffOpening(DiffNotes.Of notes, Side side, Handshake first, Handshake second) {
    this.notes = notes;
    this.side = side;
    firstFrames = frame(first, side);
    secondFrames = frame(second, side);
  }

  static void compare(DiffNotes.Of notes) {
    ConnectionReport first = notes.first().report();
    ConnectionReport second = notes.second().report();
    if (first.opened() != second.opened()) {
      notes.add(
          DiffAspect.OPENING,
          null,
          notes.name(true)
              + " is "
              + first.opened().words()
              + "; "
              + notes.name(false)
              + " is "
              + second.opened().words(),
          List.of(first.firstFrame()),
          List.of(second.firstFrame()));
    }
    if (first.handshake() != null && second.handshake() != null) {
      compare(notes, first.handshake(), second.handshake());
    }
  }

  private static void compare(DiffNotes.Of notes, Handshake first, Handshake second) {
    for (Side side : Side.values()) {
      new DiffOpening(notes, side, first, second)
          .compareOffers(offer(first, side), offer(second, side));
    }
    String one = phrase(first.multipath());
    String other = phrase(second.multipath());
    if (!one.equals(other)) {
      notes.add(
          DiffAspect.OPENING,
          null,
          notes.name(true) + " " + one + ", " + notes.name(false) + " " + other);
    }
  }

  private static Offer offer(Handshake handshake, Side side) {
    return side == Side.CLIENT ? handshake.client() : handshake.server();
  }

  private static List<Long> frame(Handshake handshake, Side side) {
    OptionalLong frame = side == Side.CLIENT ? handshake.synFrame() : handshake.synAckFrame();
    return frame.isPresent() ? List.of(frame.getAsLong()) : List.of();
  }

  private void compareOffers(Offer first, Offer second) {
    // How it opened tells which SYNs there are.
    if (!first.seen() || !second.seen()) {
      return;
    }
    compareNumbers("an MSS of ", "no MSS", first.mssBytes(), second.mssBytes());
    compareNumbers("window scale ", "no window scale", first.windowScale(), second.windowScale());
    compareTruths("SACK", first.sack(), second.sack());
    compareTruths("timestamps", first.timestamps(), second.timestamps());
    compareWords("ECN", first.ecn(), second.ecn());
    compareWords("Fast Open", first.fastOpen(), second.fastOpen());
  }

  private void compareNumbers(String some, String none, OptionalInt first, OptionalInt second) {
    if (!first.equals(second)) {
      String one = first.isPresent() ? some + first.getAsInt() : none;
      String other = second.isPresent() ? some + second.getAsInt() : none;
      add(notes.whose(true, side) + " offers " + one + ", " + notes.name(false) + "'s " + other);
    }
  }

  private void compareTruths(String option, boolean first, boolean second) {
    if (first != second) {
      add(
          notes.whose(second, side)
              + " offers no "
              + option
              + ", "
              + notes.name(first)
              + "'s does");
    }
  }

  private void compareWords(String option, String first, String second) {
    if (!first.equals(second)) {
      add(
          notes.whose(true, side)
              + " offers "
              + option
              + " '"
              + first
              + "', "
              + notes.name(false)
              + "'s '"
              + second
              + "'");
    }
  }

  private void add(String text) {
    notes.add(DiffAspect.OPENING, side, text, firstFrames, secondFrames);
  }

  private static String phrase(@Nullable Multipath multipath) {
    if (multipath == null) {
      return "does not ask for Multipath TCP";
    }
    String asks = multipath.joins() ? "joins a Multipath TCP connection" : "asks for Multipath TCP";
    return multipath.accepted() ? asks : asks + " in vain";
  }
}
