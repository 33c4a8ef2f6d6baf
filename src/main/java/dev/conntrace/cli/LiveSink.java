package dev.conntrace.cli;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prints what happens while it happens. */
abstract class LiveSink implements TraceSink {
  private @Nullable CaptureReport capture;

  /** What prints. */
  interface Printing {
    void print() throws IOException;
  }

  /** Prints, or says that nobody can read it. */
  static void print(Printing printing) {
    try {
      printing.print();
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  /** Returns the capture's totals; null before its end. */
  final @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public final boolean wantsAtOnce() {
    return true;
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }
}
