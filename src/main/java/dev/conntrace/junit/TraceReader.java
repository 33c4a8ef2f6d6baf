package dev.conntrace.junit;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.expect.Trace;
import dev.conntrace.expect.TraceBounds;
import dev.conntrace.expect.TraceRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Analyses captures for tests: with payload, within {@link TraceBounds#DEFAULT}. */
public final class TraceReader {
  private TraceReader() {}

  /**
   * Returns what a capture file holds; of a damaged one everything before the damage.
   *
   * @throws IOException if it cannot be opened; the message names it and says why
   */
  public static Trace read(Path file) throws IOException {
    try (PacketSource source = CaptureFile.open(file)) {
      return trace(file.toString(), source);
    }
  }

  /** Returns what a capture holds that is no file; {@code name} is what messages call it. */
  static Trace read(String name, InputStream capture) throws IOException {
    try (PacketSource source = CaptureFile.read(name, capture)) {
      return trace(name, source);
    }
  }

  private static Trace trace(String name, PacketSource source) {
    TraceRecorder recorder = new TraceRecorder(name, TraceBounds.DEFAULT.withPayload());
    try {
      new Tracer(TracerOptions.DEFAULT, recorder).trace(source);
    } catch (CaptureException e) {
      // The trace says so itself, and no verdict passes that the damage could change.
    }
    return recorder.trace();
  }
}
