package dev.conntrace.render;

import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import java.io.IOException;
import java.util.List;

/** One way to show the segments of a connection. Calls come in the order of the segments. */
interface TimelineView {
  /** Prints what stands above the first segment. */
  default void begin() throws IOException {}

  /** Returns whether the next segment has to be shown, though it is plain. */
  default boolean matters(SegmentSeen event) {
    return false;
  }

  /** Takes note of the next segment, whether it will be shown or folded away. */
  default void take(SegmentSeen event) {}

  /**
   * Returns the words for the segment just taken.
   *
   * @param words knows all segments before it
   */
  default Prose describe(SegmentSeen event, SegmentWords words) {
    return words.describe(event);
  }

  /** Prints a segment and the changes of state that it brought. */
  void print(SegmentSeen event, Prose words, List<StateChanged> changes) throws IOException;

  /** Prints a run of segments that is folded to one row. */
  void print(FoldedRun run) throws IOException;

  /** Prints an explanation, set apart from what the segments say. */
  void aside(String text) throws IOException;

  /** Prints what the kernel had meanwhile, the last of it at {@code nanos}. */
  default void kernel(Prose words, long nanos) throws IOException {
    aside(words.toString());
  }

  /** Prints what stands below the last segment. */
  default void end() throws IOException {}
}
