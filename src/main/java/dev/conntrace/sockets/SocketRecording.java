package dev.conntrace.sockets;

import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What a {@link SocketWatch} has seen, kept for a capture that is traced later, however many times.
 */
public final class SocketRecording {
  private final List<Sighting> sightings = new ArrayList<>();

  /** Takes all that was seen and not fetched yet; the watch should have ended. */
  public SocketRecording(SocketWatch watch) {
    Sighting seen = watch.next();
    while (seen != null) {
      sightings.add(seen);
      seen = watch.next();
    }
  }

  /** Returns a sink that adds what was seen, from the beginning, to what {@code sink} is told. */
  public TraceSink beside(TraceSink sink) {
    Iterator<Sighting> all = sightings.iterator();
    return new KernelView(() -> all.hasNext() ? all.next() : null, sink);
  }
}
