package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Places the lessons of one connection where they happen, each once in all that is printed. */
final class Lessons {
  private final Set<Lesson> told;
  private @Nullable Lesson opening;
  private @Nullable Lesson closing;

  /**
   * Prepares the lessons of one connection.
   *
   * @param told those that need not be told again; grows
   */
  Lessons(ConnectionReport report, EnumSet<Lesson> told) {
    this.told = told;
    this.opening = Lesson.of(report.opened());
    // Nothing crosses where both ends are one socket.
    this.closing = report.opened() == Opened.SELF ? null : Lesson.of(report.closed());
  }

  /** Prints, below a segment's row, what it completes. */
  void after(SegmentSeen event, TimelineView view) throws IOException {
    boolean opened = event.clientState().isSynchronized() && event.serverState().isSynchronized();
    if (opened || event.is(AnnotationKind.REFUSED)) {
      tell(opening, view);
      opening = null;
    }
    if (event.is(AnnotationKind.CLOSE_COMPLETE) || event.is(AnnotationKind.RESET)) {
      tell(closing, view);
      closing = null;
    }
  }

  /** Prints a lesson unless it was told before. */
  void tell(@Nullable Lesson lesson, TimelineView view) throws IOException {
    if (lesson != null && told.add(lesson)) {
      view.aside(lesson.words());
    }
  }
}
