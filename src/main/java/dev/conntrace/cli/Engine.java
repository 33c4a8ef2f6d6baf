package dev.conntrace.cli;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.TraceSink;

/** What traces a capture. Tests put one in its place that fails on purpose. */
interface Engine {
  /** The tracer. */
  Engine TRACER =
      new Engine() {
        @Override
        public void trace(PacketSource source, TracerOptions options, TraceSink sink)
            throws CaptureException {
          new Tracer(options, sink).trace(source);
        }
      };

  /**
   * Traces one capture to its end.
   *
   * @throws CaptureException if it is damaged; the sink has been told everything before the damage
   */
  void trace(PacketSource source, TracerOptions options, TraceSink sink) throws CaptureException;
}
