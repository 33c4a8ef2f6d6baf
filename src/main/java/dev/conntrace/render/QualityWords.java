package dev.conntrace.render;

import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import java.util.List;

/** Says what limits the worth of a capture, of one connection or of a whole file. */
final class QualityWords {
  private QualityWords() {}

  /** Returns whether it is as it should be, and said only so that nobody wonders. */
  static boolean isHarmless(Problem problem) {
    return switch (problem) {
      case CHECKSUM_PARTIAL, CHECKSUM_UNRELIABLE, OFFLOAD_SIZED, SNAPPED -> true;
      default -> false;
    };
  }

  /**
   * Returns {@code beware one-sided, clock-step}: what lowers the worth of a report, by its ids.
   */
  static Prose beware(List<CaptureQuality> quality) {
    Prose prose = new Prose();
    for (CaptureQuality limit : quality) {
      if (!isHarmless(limit.problem())) {
        prose.add(prose.isEmpty() ? "beware " : ", ");
        prose.add(colour(limit.problem()), limit.problem().id());
      }
    }
    return prose;
  }

  static Meaning colour(Problem problem) {
    return isHarmless(problem) ? Meaning.DIM : Meaning.WARNING;
  }

  /** Returns what it means for one connection. */
  static String ofConnection(CaptureQuality quality) {
    return switch (quality.problem()) {
      case ONE_SIDED ->
          "only one direction was captured: what the other side did is inferred from the"
              + " acknowledgements";
      case MIDSTREAM ->
          "it was already open when the capture began: window scales and options are unknown, a"
              + " window with a ? is the raw field, and bytes are counted from the first one seen";
      case DAMAGED -> "the file is damaged: the connection may go on where nothing could be read";
      case DROPS,
          DOUBLED,
          SNAPPED,
          TIME_BACKWARDS,
          CLOCK_STEP,
          BYTES_MISSING,
          CHECKSUM_PARTIAL,
          CHECKSUM_BAD,
          CHECKSUM_UNRELIABLE,
          OFFLOAD_SIZED,
          FRAGMENTS_INCOMPLETE,
          FRAGMENTS_TIMED_OUT,
          FRAGMENTS_OVERLAP,
          BOUND_REACHED ->
          ofCapture(quality);
    };
  }

  /** Returns what it means for a capture, with the number of times and the first frames. */
  static String ofCapture(CaptureQuality quality) {
    String words = counted(quality);
    return quality.frames().isEmpty() ? words : words + where(quality);
  }

  /** Returns why a verdict is not certain, if it is the capture's doing. */
  static String asReason(Problem problem) {
    return switch (problem) {
      case DROPS -> "packets were dropped while the capture was taken";
      case ONE_SIDED -> "only one direction was captured";
      case DOUBLED -> "the capture holds packets twice";
      case TIME_BACKWARDS -> "the capture is out of time order here";
      case MIDSTREAM -> "the capture began after the connection";
      case CLOCK_STEP -> "the capture's clock was set";
      default -> problem.words();
    };
  }

  private static String where(CaptureQuality quality) {
    boolean more = quality.count() > quality.frames().size();
    return " (" + Counted.frames(quality.frames()) + (more ? " and later)" : ")");
  }

  private static String counted(CaptureQuality quality) {
    if (quality.problem() == Problem.DAMAGED) {
      return quality.problem().words();
    }
    if (quality.count() == 1) {
      return one(quality.problem());
    }
    return quality.count() + " " + quality.problem().words();
  }

  private static String one(Problem problem) {
    return switch (problem) {
      case DROPS ->
          "1 packet was dropped while the capture was taken: what seems lost may only be missing"
              + " from the file";
      case ONE_SIDED -> "1 connection of which only one direction was captured";
      case DOUBLED -> "1 packet is in the capture twice";
      case BYTES_MISSING ->
          "1 byte was acknowledged that is not in the capture: it missed the packet, or that took"
              + " another path";
      case SNAPPED ->
          "1 packet was cut short when it was captured: its length is right, payload is missing";
      case TIME_BACKWARDS -> "1 packet carries an earlier time than the one before it";
      case CLOCK_STEP ->
          "once the capture's clock was set: the senders' own clocks say otherwise, so that times"
              + " before and after cannot be compared";
      case MIDSTREAM ->
          "1 connection was already open when the capture began: window scale and options are"
              + " unknown";
      case CHECKSUM_PARTIAL ->
          "1 checksum was left to the network card, as always on loopback: nothing is wrong";
      case CHECKSUM_BAD ->
          "1 checksum is wrong: this segment was damaged on the way, and its receiver throws it away"
              + " unread";
      case CHECKSUM_UNRELIABLE ->
          "1 checksum does not fit, where few of its direction do: filled in after the capture, or"
              + " packets changed later, as when addresses are made anonymous; nothing is concluded"
              + " from it";
      case OFFLOAD_SIZED ->
          "1 segment is larger than the MSS: the capture saw it before the network card split it or"
              + " after it joined it";
      case FRAGMENTS_INCOMPLETE ->
          "1 IP datagram of which not all fragments are in the capture: what it held is not shown";
      case FRAGMENTS_TIMED_OUT ->
          "1 IP datagram whose fragments did not all come within 30 s (IPv6: 60 s), after which"
              + " receivers give up: what it held is not shown";
      case FRAGMENTS_OVERLAP ->
          "1 IP datagram with fragments that overlap or contradict each other: IPv4 keeps what came"
              + " first, IPv6 drops the datagram (RFC 5722)";
      case BOUND_REACHED ->
          "once a limit was reached: the oldest or quietest entry of a table was given up, or a comment or name was cut";
      case DAMAGED -> problem.words();
    };
  }
}
