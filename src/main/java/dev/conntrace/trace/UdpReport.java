package dev.conntrace.trace;

import java.util.List;

/**
 * The UDP beside the TCP of a capture.
 *
 * @param total how many conversations
 * @param exact false where {@code total} is a lower bound, because there were too many to count
 * @param busiest those with the most bytes, the busiest first, at most {@link #MOST_NAMED}
 */
public record UdpReport(long total, boolean exact, List<UdpConversation> busiest) {
  /** How many conversations a report names. */
  public static final int MOST_NAMED = 1000;

  /** No UDP at all. */
  public static final UdpReport NONE = new UdpReport(0, true, List.of());
}
