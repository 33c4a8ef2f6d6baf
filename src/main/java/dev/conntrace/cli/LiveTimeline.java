package dev.conntrace.cli;

import dev.conntrace.render.LiveTimelineText;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prints timelines for people as they grow. */
final class LiveTimeline implements LiveSink {
  private final String name;
  private final LiveTimelineText text;
  private @Nullable CaptureReport capture;

  LiveTimeline(String name, LiveTimelineText text) {
    this.name = name;
    this.text = text;
  }

  @Override
  public @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION, SEGMENT, STATE -> true;
      case BYTES, PAYLOAD, SKIPPED -> false;
    };
  }

  @Override
  public boolean wantsAtOnce() {
    return true;
  }

  @Override
  public void on(ConnectionOpened event) {
    print(() -> text.on(event));
  }

  @Override
  public void on(SegmentSeen event) {
    print(() -> text.on(event));
  }

  @Override
  public void on(SegmentRevised event) {
    print(() -> text.on(event));
  }

  @Override
  public void on(StateChanged event) {
    print(() -> text.on(event));
  }

  @Override
  public void on(ConnectionClosed event) {
    print(() -> text.closed(name, event.report(), CaptureNotes.NONE));
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }

  /** What prints. */
  private interface Printing {
    void print() throws IOException;
  }

  private static void print(Printing printing) {
    try {
      printing.print();
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }
}
