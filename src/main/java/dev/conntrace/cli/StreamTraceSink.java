package dev.conntrace.cli;

import dev.conntrace.stream.StreamAssembler;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Has the streams of the wanted connections assembled, and of no others. */
final class StreamTraceSink implements TraceSink {
  private final StreamSelection selection;
  private final @Nullable BitSet resolved;
  private final StreamAssembler assembler;
  private long connections;
  private @Nullable CaptureReport capture;

  StreamTraceSink(StreamSelection selection, @Nullable BitSet resolved, StreamAssembler assembler) {
    this.selection = selection;
    this.resolved = resolved;
    this.assembler = assembler;
  }

  /** Returns how many wanted connections there were. */
  long connections() {
    return connections;
  }

  @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return assembler.wants(importance, connection) && selection.includes(resolved, connection);
  }

  @Override
  public boolean wantsHistories() {
    return assembler.wantsHistories();
  }

  @Override
  public void on(ConnectionOpened event) {
    connections++;
    try {
      assembler.on(event);
    } catch (UncheckedIOException e) {
      throw failure(e);
    }
  }

  @Override
  public void payload(SegmentPayload payload) {
    try {
      assembler.payload(payload);
    } catch (UncheckedIOException e) {
      throw failure(e);
    }
  }

  @Override
  public void on(ConnectionClosed event) {
    try {
      assembler.on(event);
    } catch (UncheckedIOException e) {
      throw failure(e);
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }

  private static OutputFailure failure(UncheckedIOException e) {
    if (e instanceof OutputFailure failure) {
      return failure;
    }
    IOException cause = e.getCause();
    return new OutputFailure(cause == null ? new IOException(e) : cause);
  }
}
