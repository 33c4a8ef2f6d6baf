package dev.conntrace.junit;

import dev.conntrace.expect.ConnectionTrace;
import dev.conntrace.expect.Trace;
import dev.conntrace.trace.ConnectionKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What passes on the loopback interface during a test; see {@link LoopbackCapture}. */
public final class LiveTrace {
  private final RunningCapture capture;
  private @Nullable Trace trace;

  LiveTrace(RunningCapture capture) {
    this.capture = capture;
  }

  /**
   * Ends the capture when the traffic has settled, and returns what it holds; later calls return
   * the same.
   *
   * @throws UncheckedIOException if it cannot be read back
   */
  public Trace trace() {
    Trace known = trace;
    if (known == null) {
      try {
        capture.end();
        known = TraceReader.read(capture.file());
      } catch (IOException e) {
        throw new UncheckedIOException("the capture cannot be read back: " + e.getMessage(), e);
      }
      trace = known;
    }
    return known;
  }

  /** Returns the same as {@link #trace()}, of connections of this port alone. */
  public Trace trace(int port) {
    Trace all = trace();
    List<ConnectionTrace> ofPort = new ArrayList<>();
    for (ConnectionTrace connection : all.connections()) {
      ConnectionKey key = connection.report().key();
      if (key.client().port() == port || key.server().port() == port) {
        ofPort.add(connection);
      }
    }
    return new Trace(all.name(), all.capture(), List.copyOf(ofPort), all.limits());
  }

  /** Returns the pcapng file that holds the packets; it is deleted after a test that passes. */
  public Path file() {
    return capture.file();
  }

  RunningCapture capture() {
    return capture;
  }
}
