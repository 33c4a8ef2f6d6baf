package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureTexts;
import dev.conntrace.capture.GrowthListener;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes packets on, remembers which came last, and moves the progress display, which ends with it.
 */
final class WatchedSource implements PacketSource {
  /** Looking at the clock for each packet would cost more than some of them. */
  private static final int PACKETS_BETWEEN_LOOKS = 4096;

  private final PacketSource source;
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
    this.source = source;
    this.progress = progress;
    this.copy = copy;
  }

  /** Returns the number of the packet that was read last; 0 before the first. */
  long frame() {
    return frame;
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    if (!source.next(packet)) {
      return false;
    }
    frame = packet.frame();
    if (copy != null) {
      copy.offer(packet);
    }
    if (--untilLook == 0) {
      untilLook = PACKETS_BETWEEN_LOOKS;
      progress.reached(source.bytesRead());
    }
    return true;
  }

  @Override
  public void tellGrowth(GrowthListener listener) {
    source.tellGrowth(listener);
  }

  @Override
  public String format() {
    return source.format();
  }

  @Override
  public long bytesRead() {
    return source.bytesRead();
  }

  @Override
  public long droppedPackets() {
    return source.droppedPackets();
  }

  @Override
  public CaptureTexts texts() {
    return source.texts();
  }

  @Override
  public void close() throws IOException {
    try (progress) {
      source.close();
    }
  }
}
