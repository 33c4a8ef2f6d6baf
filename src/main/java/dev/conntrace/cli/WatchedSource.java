package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.capture.PassingSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes packets on, remembers which came last, and moves the progress display, which ends with it.
 */
final class WatchedSource extends PassingSource {
  /** Looking at the clock for each packet would cost more than some of them. */
  private static final int PACKETS_BETWEEN_LOOKS = 4096;

  private final Progress progress;
  private final @Nullable FrameCopy copy;
  private long frame;
  private int untilLook = PACKETS_BETWEEN_LOOKS;

  /**
   * Prepares to pass packets on.
   *
   * @param copy is offered each of them; null if none is wanted
   */
  WatchedSource(PacketSource source, Progress progress, @Nullable FrameCopy copy) {
    super(source);
    this.progress = progress;
    this.copy = copy;
  }

  /** Returns the number of the packet that was read last; 0 before the first. */
  long frame() {
    return frame;
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    if (!super.next(packet)) {
      return false;
    }
    frame = packet.frame();
    if (copy != null) {
      copy.offer(packet);
    }
    if (--untilLook == 0) {
      untilLook = PACKETS_BETWEEN_LOOKS;
      progress.reached(bytesRead(), frame);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    try (progress) {
      super.close();
    }
  }
}
