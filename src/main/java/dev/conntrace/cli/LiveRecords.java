package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prints records for programs as they come: a segment's at once, and again what changes of it. */
final class LiveRecords implements LiveSink {
  private final String name;
  private final NdjsonRecords records;
  private @Nullable CaptureReport capture;

  LiveRecords(String name, NdjsonRecords records) {
    this.name = name;
    this.records = records;
  }

  @Override
  public @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.CONNECTION || importance == Importance.SEGMENT;
  }

  @Override
  public boolean wantsAtOnce() {
    return true;
  }

  @Override
  public void on(SegmentSeen event) {
    try {
      records.packet(name, event);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void on(SegmentRevised event) {
    try {
      records.revision(name, event.segment());
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void on(ConnectionClosed event) {
    try {
      records.connection(name, event.report());
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
    try {
      records.summary(name, event.report());
      records.flush();
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }
}
