package dev.conntrace.cli;

import dev.conntrace.render.ExplainText;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Looks for one frame, and waits for the end of its connection, which it is explained with. */
final class FrameFinder implements TraceSink {
  private final long frame;
  private @Nullable SegmentSeen segment;
  private @Nullable PacketSkipped skipped;
  private @Nullable ConnectionReport connection;
  private @Nullable CaptureReport capture;

  FrameFinder(long frame) {
    this.frame = frame;
  }

  @Override
  public boolean wants(Importance importance, int number) {
    return switch (importance) {
      case CONNECTION -> true;
      case SEGMENT, SKIPPED -> segment == null && skipped == null;
      case STATE, PAYLOAD -> false;
    };
  }

  @Override
  public void on(SegmentSeen event) {
    if (event.segment().frame() == frame) {
      segment = event;
    }
  }

  @Override
  public void on(PacketSkipped event) {
    if (event.frame() == frame) {
      skipped = event;
    }
  }

  @Override
  public void on(ConnectionClosed event) {
    if (segment != null && event.report().connection() == segment.connection()) {
      connection = event.report();
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }

  boolean isFound() {
    return segment != null;
  }

  /**
   * Prints what was found.
   *
   * @throws UsageException if the frame is not there or holds no TCP segment
   */
  void print(String file, Session session) throws IOException, UsageException {
    if (segment == null || connection == null) {
      throw new UsageException(file + ": " + whyNot());
    }
    if (session.options().isNdjson()) {
      NdjsonRecords records = new NdjsonRecords(session.output());
      records.connection(file, connection);
      records.packet(file, segment);
      records.flush();
    } else {
      new ExplainText(session.output(), session.layout(true)).frame(file, connection, segment);
    }
  }

  private String whyNot() {
    if (skipped != null) {
      return "frame " + frame + " holds no TCP segment: " + skipped.reason();
    }
    return "there is no frame "
        + frame
        + "; the last one is "
        + (capture == null ? 0 : capture.frames());
  }
}
