package dev.conntrace.render;

/** What the time column of a timeline counts. */
public enum TimeMode {
  /** The date and time in UTC. */
  UTC,
  /** The date and time where the reader is. */
  LOCAL,
  /** Seconds since the connection's first segment. */
  RELATIVE,
  /** Seconds since the line before. */
  DELTA
}
