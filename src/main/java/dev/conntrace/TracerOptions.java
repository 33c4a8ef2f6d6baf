package dev.conntrace;

import java.time.Duration;

/**
 * How to follow connections.
 *
 * @param timeWait how long TIME_WAIT is expected to last: 60 s on Linux, 2 MSL elsewhere (RFC 9293
 *     3.6.1)
 * @param maxConnections how many connections are followed at once before the quietest is given up
 * @param readAhead whether a thread of its own may read and decode ahead of the one that follows
 *     connections: faster for files, wrong for a source whose reading has effects that must stay in
 *     step
 */
public record TracerOptions(Duration timeWait, int maxConnections, boolean readAhead) {
  /** Linux's TIME_WAIT, room for a million connections at once, and one thread. */
  public static final TracerOptions DEFAULT = new TracerOptions(Duration.ofSeconds(60), 1 << 20);

  /** Options for a tracer that reads in step. */
  public TracerOptions(Duration timeWait, int maxConnections) {
    this(timeWait, maxConnections, false);
  }

  /** Returns the same options with reading ahead allowed or not. */
  public TracerOptions readingAhead(boolean ahead) {
    return new TracerOptions(timeWait, maxConnections, ahead);
  }
}
