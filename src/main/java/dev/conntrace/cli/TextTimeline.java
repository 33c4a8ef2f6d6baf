package dev.conntrace.cli;

import dev.conntrace.render.Layout;
import dev.conntrace.render.Meaning;
import dev.conntrace.render.Strokes;
import dev.conntrace.render.TimelineText;
import dev.conntrace.render.View;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Timelines for people: the overview first. */
final class TextTimeline implements TimelinePrinter {
  private final String file;
  private final Output output;
  private final Layout layout;
  private final TimelineText text;

  TextTimeline(String file, Output output, Layout layout, View view, Strokes strokes) {
    this.file = file;
    this.output = output;
    this.layout = layout;
    this.text = new TimelineText(output, layout, view, strokes);
  }

  @Override
  public void overview(CaptureReport capture, List<ConnectionReport> connections)
      throws IOException {
    text.overview(file, capture, connections);
  }

  @Override
  public void tooMany(long connections, int listed) {
    String advice =
        "... and "
            + (connections - listed)
            + " more (see 'conntrace connections'); select some: --connection 1-3";
    output.write("\n" + layout.palette().paint(Meaning.DIM, advice) + "\n");
  }

  @Override
  public @Nullable TraceSink foresight(List<ConnectionReport> connections) {
    return text.foresight(connections);
  }

  @Override
  public boolean wantsBytes() {
    return true;
  }

  @Override
  public TraceSink connection(ConnectionReport report) throws IOException {
    return text.connection(file, report);
  }

  @Override
  public void end(ConnectionReport report) throws IOException {
    text.end(report);
  }

  @Override
  public void endOfFollowing(CaptureReport capture) throws IOException {
    output.write("\n");
    text.overview(file, capture, List.of());
  }

  @Override
  public void finish(CaptureReport capture) {}
}
