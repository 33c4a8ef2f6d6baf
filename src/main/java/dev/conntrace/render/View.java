package dev.conntrace.render;

/** What a timeline shows of each segment. */
public enum View {
  /** The numbers in columns and what they mean in words. */
  ROWS,
  /** A sequence diagram: an arrow a segment between two lifelines. */
  LADDER,
  /** What each layer adds to the bytes on their way. */
  LAYERS,
  /** Which bytes of the streams have arrived, wait, or are on the way. */
  BYTES
}
