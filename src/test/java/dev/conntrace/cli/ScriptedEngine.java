package dev.conntrace.cli;

import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** Reads every packet, and then tells what it was told to tell. */
final class ScriptedEngine implements Engine {
  private final List<TraceEvent> events;
  private final List<Long> framesOfPasses = new ArrayList<>();
  private TracerOptions lastOptions = TracerOptions.DEFAULT;

  ScriptedEngine(TraceEvent... events) {
    this.events = List.of(events);
  }

  /** Returns how many packets each pass has read. */
  List<Long> framesOfPasses() {
    return framesOfPasses;
  }

  TracerOptions lastOptions() {
    return lastOptions;
  }

  @Override
  public void trace(PacketSource source, TracerOptions options, TraceSink sink)
      throws CaptureException {
    lastOptions = options;
    Packet packet = new Packet();
    long frames = 0;
    CaptureException damage = null;
    try {
      while (source.next(packet)) {
        frames++;
      }
    } catch (CaptureException e) {
      damage = e;
    }
    framesOfPasses.add(frames);
    for (TraceEvent event : events) {
      event.deliverTo(sink);
    }
    new CaptureEnded(Told.capture(frames, events)).deliverTo(sink);
    if (damage != null) {
      throw damage;
    }
  }
}
