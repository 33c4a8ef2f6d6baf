package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.GrowthListener;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.capture.PassingSource;
import dev.conntrace.capture.live.LiveSource;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on an interface, up to a limit: a number of packets, a time, a silence. Each packet
 * is recorded before it is traced, and when nothing comes, what was printed is shown.
 */
final class LiveInput extends PassingSource implements GrowingCapture {
  private static final long NEVER = Long.MAX_VALUE;

  private final String name;
  private final LiveSource source;
  private final @Nullable LiveRecording recording;
  private final Runnable show;
  private Runnable whileWaiting = () -> {};
  private long packetsLeft = NEVER;
  private boolean patient;
  private @Nullable KernelWatch kernel;
  private volatile long endNanos = NEVER;
  private volatile long idleExitNanos = NEVER;
  private volatile long patientSinceNanos = System.nanoTime();
  private long recordedDrops;
  private long lastNanos = System.nanoTime();

  /**
   * Prepares to hand packets on.
   *
   * @param recording is given each packet; null if none is to be kept
   * @param show shows what has been printed so far
   */
  LiveInput(String name, LiveSource source, @Nullable LiveRecording recording, Runnable show) {
    super(source);
    this.name = name;
    this.source = source;
    this.recording = recording;
    this.show = show;
  }

  /** Ends after so many packets. */
  void limitPackets(long most) {
    packetsLeft = most;
  }

  /** Ends after so much time. */
  void limitTime(long nanos) {
    endNanos = System.nanoTime() + nanos;
  }

  /**
   * Ends when nothing has come for so long, counted from now at the earliest: what was sent just
   * now may still be on its way here. May be called by any thread.
   */
  void endWhenIdle(long nanos) {
    patientSinceNanos = System.nanoTime();
    idleExitNanos = nanos;
  }

  /** Adds what the kernel has of the same connections; it is ended with this. */
  void watchSockets(KernelWatch sockets) {
    kernel = sockets;
  }

  @Override
  public TraceSink beside(TraceSink sink) {
    return kernel == null ? sink : kernel.beside(sink);
  }

  /** Has something done some times a second while nothing comes, on the thread that traces. */
  void whileWaiting(Runnable task) {
    whileWaiting = task;
  }

  /** Lets verdicts wait until they are final, however long nothing comes. */
  void bePatient() {
    patient = true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PacketSource open() {
    return this;
  }

  /** Ends it now; may be called by any thread. */
  void stop() {
    source.stop();
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    if (packetsLeft == 0 || !super.next(packet)) {
      endWatching();
      return false;
    }
    packetsLeft--;
    lastNanos = System.nanoTime();
    if (lastNanos >= endNanos) {
      source.stop();
    }
    if (recording != null) {
      record(recording, packet);
    }
    return true;
  }

  private void endWatching() {
    if (kernel != null) {
      kernel.close();
    }
  }

  private void record(LiveRecording file, Packet packet) {
    long dropped = source.droppedPackets();
    if (dropped != recordedDrops) {
      recordedDrops = dropped;
      file.loss(source.receivedPackets(), dropped);
    }
    file.write(packet);
  }

  @Override
  public void tellGrowth(GrowthListener listener) {
    super.tellGrowth(
        new GrowthListener() {
          @Override
          public void onQuiet() {
            if (!patient) {
              listener.onQuiet();
            }
            pause();
          }

          @Override
          public void onBusy() {
            if (!patient) {
              listener.onBusy();
            }
            pause();
          }

          @Override
          public void onWaiting() {
            if (kernel != null) {
              kernel.onWaiting();
              show.run();
            }
            long now = System.nanoTime();
            // Read first: who sets it says before since when.
            long idleExit = idleExitNanos;
            long idle = now - Math.max(lastNanos, patientSinceNanos);
            if (now >= endNanos || idle >= idleExit) {
              source.stop();
            }
            whileWaiting.run();
          }
        });
  }

  private void pause() {
    show.run();
    if (recording != null) {
      recording.flush();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (recording != null) {
        recording.finish(source.receivedPackets(), source.droppedPackets());
      }
    } finally {
      endWatching();
      super.close();
    }
  }
}
