package dev.conntrace.trace;

/** What becomes of the bytes that a segment brings, as far as the capture tells. */
public enum ByteArrival {
  /** It brings none. */
  NOTHING,
  /** They are on the way: the receiver is far, and only what it confirms has arrived. */
  ON_THE_WAY,
  /** They follow what is there. */
  IN_ORDER,
  /** They fill a hole, and what waited beyond can be used with them. */
  FILLS,
  /** Others before them are missing. */
  WAITS,
  /** All of them passed before. */
  AGAIN,
  /**
   * They do not count: a probe, a copy made by the capture, damaged on the way, nobody is there to
   * read, or from before the capture's first byte.
   */
  NOT_TAKEN
}
