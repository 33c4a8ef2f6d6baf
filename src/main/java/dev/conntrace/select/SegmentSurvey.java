package dev.conntrace.select;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;

/** Learns which connections have a segment for which an expression holds. */
final class SegmentSurvey implements TraceSink {
  private final Choice choice;
  private final UnwantedConnections unwanted;

  SegmentSurvey(ConnectionSelection selection, Choice choice) {
    this.unwanted = new UnwantedConnections(selection);
    this.choice = choice;
  }

  /** One segment that fits is enough. */
  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION -> true;
      case SEGMENT -> !unwanted.contains(connection) && !choice.isChosen(connection);
      case STATE, BYTES, SKIPPED, PAYLOAD -> false;
    };
  }

  @Override
  public void on(ConnectionOpened event) {
    unwanted.judge(event);
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
