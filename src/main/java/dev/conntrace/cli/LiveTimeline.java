package dev.conntrace.cli;

import dev.conntrace.render.LiveTimelineText;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;

/** Prints timelines for people as they grow. */
final class LiveTimeline extends LiveSink {
  private final String name;
  private final LiveTimelineText text;

  LiveTimeline(String name, LiveTimelineText text) {
    this.name = name;
    this.text = text;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION, SEGMENT, STATE -> true;
      case BYTES, PAYLOAD, SKIPPED -> false;
    };
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
  public void on(KernelObserved event) {
    print(() -> text.on(event));
  }

  @Override
  public void on(CaptureLoss event) {
    print(() -> text.on(event));
  }

  @Override
  public void on(ConnectionClosed event) {
    print(() -> text.closed(name, event.report(), CaptureNotes.NONE));
  }
}
