package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.render.OwnershipText;
import dev.conntrace.render.Strokes;
import dev.conntrace.render.View;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Timelines that also say whose the connections are. */
final class RunTimeline implements TimelinePrinter {
  private final String file;
  private final Session session;
  private final TimelinePrinter printer;
  private final RunSupervisor command;

  RunTimeline(String file, Session session, boolean unfold, RunSupervisor command) {
    this.file = file;
    this.session = session;
    this.command = command;
    printer =
        session.options().isNdjson()
            ? new NdjsonTimeline(file, session)
            : new TextTimeline(
                file, session.output(), session.layout(unfold), View.ROWS, Strokes.ASCII);
  }

  @Override
  public void overview(CaptureReport capture, List<ConnectionReport> connections)
      throws IOException {
    printer.overview(capture, connections);
    if (session.options().isNdjson() || connections.isEmpty()) {
      return;
    }
    OwnershipText owners = new OwnershipText(session.output(), session.layout(false));
    owners.begin();
    for (ConnectionReport report : connections) {
      owners.print(report.connection(), command.of(report.key()));
    }
  }

  @Override
  public void tooMany(long connections, int listed) throws IOException {
    printer.tooMany(connections, listed);
  }

  @Override
  public @Nullable TraceSink foresight(List<ConnectionReport> connections) {
    return printer.foresight(connections);
  }

  @Override
  public boolean wantsBytes() {
    return printer.wantsBytes();
  }

  @Override
  public TraceSink connection(ConnectionReport report) throws IOException {
    if (session.options().isNdjson()) {
      new NdjsonRecords(session.output())
          .owner(file, report.connection(), command.of(report.key()));
    }
    return printer.connection(report);
  }

  @Override
  public void end(ConnectionReport report) throws IOException {
    printer.end(report);
  }

  @Override
  public void finish(CaptureReport capture) throws IOException {
    printer.finish(capture);
  }

  @Override
  public void endOfFollowing(CaptureReport capture) throws IOException {
    printer.endOfFollowing(capture);
  }
}
