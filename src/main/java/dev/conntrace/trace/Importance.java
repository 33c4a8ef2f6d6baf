package dev.conntrace.trace;

/** What kind of event a sink is asked about before the event is built. */
public enum Importance {
  /** A connection opened or closed. */
  CONNECTION,
  /** An endpoint changed its state. */
  STATE,
  /** One segment, with its annotations. */
  SEGMENT,
  /** Where the bytes of both streams stand after a segment; comes with {@link SegmentSeen}. */
  BYTES,
  /** The bytes that a segment brings: a borrowed view, handed out at once. */
  PAYLOAD,
  /** A packet that is no TCP segment. */
  SKIPPED
}
