package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;

/** Prints records for programs as they come: a segment's at once, and again what changes of it. */
final class LiveRecords extends LiveSink {
  private final String name;
  private final NdjsonRecords records;

  LiveRecords(String name, NdjsonRecords records) {
    this.name = name;
    this.records = records;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.CONNECTION || importance == Importance.SEGMENT;
  }

  @Override
  public void on(SegmentSeen event) {
    print(() -> records.packet(name, event));
  }

  @Override
  public void on(SegmentRevised event) {
    print(() -> records.revision(name, event.segment()));
  }

  @Override
  public void on(KernelObserved event) {
    print(() -> records.kernel(name, event));
  }

  @Override
  public void on(ConnectionClosed event) {
    print(() -> records.connection(name, event.report()));
  }

  @Override
  public void on(CaptureEnded event) {
    super.on(event);
    print(
        () -> {
          records.summary(name, event.report());
          records.flush();
        });
  }
}
