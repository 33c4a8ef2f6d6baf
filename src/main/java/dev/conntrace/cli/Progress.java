package dev.conntrace.cli;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a long reading has come, after the first second of it. Until then nothing is loaded
 * and nothing shown.
 */
final class Progress implements AutoCloseable {
  private static final long PATIENCE_NANOS = 1_000_000_000;

  /** Shows nothing, however long it takes. */
  static final Progress NONE = new Progress("", -1, null);

  private final String name;
  private final long totalBytes;
  private final @Nullable OutputStream err;
  private final long startNanos = System.nanoTime();
  private @Nullable ProgressDisplay display;

  /**
   * Prepares to show progress.
   *
   * @param name what is read
   * @param totalBytes how long it is, or -1 where nobody knows
   * @param err the terminal; null to show nothing
   */
  Progress(String name, long totalBytes, @Nullable OutputStream err) {
    this.name = name;
    this.totalBytes = totalBytes;
    this.err = err;
  }

  /** Takes note of how many bytes have been read, and how many packets in them; 0 if unknown. */
  void reached(long bytes, long packets) {
    if (err == null) {
      return;
    }
    if (display == null) {
      if (System.nanoTime() - startNanos < PATIENCE_NANOS) {
        return;
      }
      display = new ProgressDisplay(name, totalBytes, err);
    }
    display.moveTo(bytes, packets, System.nanoTime() - startNanos);
  }

  /** Takes the display away again, if there is one. */
  @Override
  public void close() {
    if (display != null) {
      display.close();
    }
  }
}
