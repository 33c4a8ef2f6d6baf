package dev.conntrace;

import java.time.Duration;

/**
 * How to follow connections.
 *
 * @param timeWait how long TIME_WAIT is expected to last: 60 s on Linux, 2 MSL elsewhere (RFC 9293
 *     3.6.1)
 * @param maxConnections how many connections are followed at once before the quietest is given up
 */
public record TracerOptions(Duration timeWait, int maxConnections) {
  /** Linux's TIME_WAIT and room for a million connections at once. */
  public static final TracerOptions DEFAULT = new TracerOptions(Duration.ofSeconds(60), 1 << 20);
}
