package dev.conntrace.select;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;

/** Learns what an expression asks of finished connections. */
final class ConnectionSurvey implements TraceSink {
  private final ConnectionSelection selection;
  private final Choice choice;

  ConnectionSurvey(ConnectionSelection selection, Choice choice) {
    this.selection = selection;
    this.choice = choice;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.CONNECTION && selection.mayInclude(connection);
  }

  @Override
  public void on(ConnectionClosed event) {
    choice.learn(event.report());
  }

  @Override
  public void on(CaptureEnded event) {
    choice.endConnections();
  }
}
