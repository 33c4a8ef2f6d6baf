package dev.conntrace.select;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.BitSet;

/** Learns which connections have a segment for which an expression holds. */
final class SegmentSurvey implements TraceSink {
  private final ConnectionSelection selection;
  private final Choice choice;
  private final BitSet unwanted = new BitSet();

  SegmentSurvey(ConnectionSelection selection, Choice choice) {
    this.selection = selection;
    this.choice = choice;
  }

  /** One segment that fits is enough. */
  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION -> true;
      case SEGMENT -> !unwanted.get(connection) && !choice.isChosen(connection);
      case STATE, SKIPPED, PAYLOAD -> false;
    };
  }

  @Override
  public void on(ConnectionOpened event) {
    if (!selection.mayInclude(event.connection(), event.key())) {
      unwanted.set(event.connection());
    }
  }

  @Override
  public void on(SegmentSeen event) {
    choice.learn(event);
  }

  @Override
  public void on(CaptureEnded event) {
    choice.endSegments();
  }
}
