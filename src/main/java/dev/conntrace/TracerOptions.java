package dev.conntrace;

import dev.conntrace.trace.KeyPart;
import java.time.Duration;
import java.util.Set;

/**
 * How to follow connections.
 *
 * @param timeWait how long TIME_WAIT is expected to last: 60 s on Linux, 2 MSL elsewhere (RFC 9293
 *     3.6.1)
 * @param maxConnections how many connections are followed at once before the quietest is given up
 * @param readAhead whether a thread of its own may read and decode ahead of the one that follows
 *     connections: faster for files, wrong for a source whose reading has effects that must stay in
 *     step
 * @param key what tells connections apart beside addresses and ports; nothing by default
 */
public record TracerOptions(
    Duration timeWait, int maxConnections, boolean readAhead, Set<KeyPart> key) {
  /** Linux's TIME_WAIT, room for a million connections at once, and one thread. */
  public static final TracerOptions DEFAULT = new TracerOptions(Duration.ofSeconds(60), 1 << 20);

  /** Options for a tracer that reads in step. */
  public TracerOptions(Duration timeWait, int maxConnections) {
    this(timeWait, maxConnections, false, Set.of());
  }

  /** Returns the same options with reading ahead allowed or not. */
  public TracerOptions readingAhead(boolean ahead) {
    return new TracerOptions(timeWait, maxConnections, ahead, key);
  }

  /** Returns the same options with something else to tell connections apart by. */
  public TracerOptions keyedBy(Set<KeyPart> parts) {
    return new TracerOptions(timeWait, maxConnections, readAhead, parts);
  }
}
