package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.UnwantedConnections;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prints the selected segments as they come. */
final class SegmentSink implements TraceSink {
  private final String file;
  private final ConnectionSelection selection;
  private final RecordPrinter printer;
  private final UnwantedConnections unwanted;
  private boolean hasBegun;
  private long printed;
  private @Nullable CaptureReport capture;

  SegmentSink(String file, ConnectionSelection selection, RecordPrinter printer) {
    this.file = file;
    this.selection = selection;
    this.unwanted = new UnwantedConnections(selection);
    this.printer = printer;
  }

  /** Returns how many segments were selected. */
  long printed() {
    return printed;
  }

  @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      // The first tells when the capture's connections begin, selected or not.
      case CONNECTION -> !hasBegun || selection.mayInclude(connection);
      case SEGMENT -> selection.mayInclude(connection) && !unwanted.contains(connection);
      case STATE, BYTES, PAYLOAD, SKIPPED -> false;
    };
  }

  /** Sorts connections out at their first segment, so that the later ones are not even built. */
  @Override
  public void on(ConnectionOpened event) {
    if (!hasBegun) {
      hasBegun = true;
      printer.packetsBegin(event.timestampNanos());
    }
    unwanted.judge(event);
  }

  @Override
  public void on(SegmentSeen event) {
    if (!selection.includes(event)) {
      return;
    }
    printed++;
    try {
      printer.packet(file, event);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }
}
