package dev.conntrace.trace;

import java.util.List;

/**
 * Something about the capture that limits what can be concluded from it.
 *
 * @param problem which
 * @param count how often
 * @param frames the first frames where it shows, at most {@link #MAX_FRAMES}; empty where it is not
 *     a matter of single frames
 */
public record CaptureQuality(Problem problem, long count, List<Long> frames) {
  /** How many frames are named. */
  public static final int MAX_FRAMES = 3;

  /** Something that is not a matter of single frames. */
  public CaptureQuality(Problem problem, long count) {
    this(problem, count, List.of());
  }

  /** The kinds of trouble that a capture can have. */
  public enum Problem {
    DROPS(
        "drops",
        "packets were dropped while the capture was taken: what seems lost may only be missing from the file"),
    ONE_SIDED("one-sided", "connections of which only one direction was captured"),
    DOUBLED("doubled", "packets are in the capture twice"),
    BYTES_MISSING(
        "bytes-missing",
        "bytes were acknowledged that are not in the capture: it missed the packets, or they took another path"),
    SNAPPED(
        "snapped",
        "packets were cut short when they were captured: lengths are right, payload is missing"),
    TIME_BACKWARDS("time-backwards", "packets carry an earlier time than the one before them"),
    CLOCK_STEP(
        "clock-step",
        "times the capture's clock was set: the senders' own clocks say otherwise, so that times before and after cannot be compared"),
    MIDSTREAM(
        "midstream",
        "connections were already open when the capture began: window scale and options are unknown"),
    CHECKSUM_PARTIAL(
        "checksum-partial",
        "checksums were left to the network card, as always on loopback: nothing is wrong"),
    CHECKSUM_BAD(
        "checksum-bad",
        "checksums are wrong: these segments were damaged on the way, and their receiver throws them away unread"),
    CHECKSUM_UNRELIABLE(
        "checksum-unreliable",
        "checksums do not fit, where few of their direction do: filled in after the capture, or packets changed later, as when addresses are made anonymous; nothing is concluded from them"),
    OFFLOAD_SIZED(
        "offload-sized",
        "segments are larger than the MSS: the capture saw them before the network card split them or after it joined them"),
    FRAGMENTS_INCOMPLETE(
        "fragments-incomplete",
        "IP datagrams of which not all fragments are in the capture: what they held is not shown"),
    FRAGMENTS_TIMED_OUT(
        "fragments-timed-out",
        "IP datagrams whose fragments did not all come within 30 s (IPv6: 60 s), after which receivers give up: what they held is not shown"),
    FRAGMENTS_OVERLAP(
        "fragments-overlap",
        "IP datagrams with fragments that overlap or contradict each other: IPv4 keeps what came first, IPv6 drops the datagram (RFC 5722)"),
    DAMAGED("damaged", "the file is damaged: everything before the damage was read"),
    BOUND_REACHED(
        "bound-reached",
        "times a limit was reached: the oldest or quietest entries of a table were given up, or comments and names were cut");

    private final String id;
    private final String words;

    Problem(String id, String words) {
      this.id = id;
      this.words = words;
    }

    public String id() {
      return id;
    }

    /** Returns what it means for the reader. */
    public String words() {
      return words;
    }
  }
}
