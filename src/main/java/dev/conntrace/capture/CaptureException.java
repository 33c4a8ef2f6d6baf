package dev.conntrace.capture;

import java.io.IOException;

/**
 * A capture that is missing, empty, not a capture, or damaged; the message says what is wrong,
 * where, and is fit for a user.
 */
public final class CaptureException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * States the fault.
   *
   * @param path the capture as the user named it ({@code -} for standard input)
   * @param fault what is wrong and, where something can be done, what to do
   * @param offset byte offset in the (decompressed) capture at which reading stopped
   * @param frame how many whole records were read before the fault
   */
  public CaptureException(String path, String fault, long offset, long frame) {
    super(path + ": " + fault + " (at byte " + offset + ", after frame " + frame + ")");
  }

  /**
   * States a fault that has no place inside the file: it cannot be opened, it is empty, it is no
   * capture.
   */
  public CaptureException(String path, String fault) {
    super(path + ": " + fault);
  }
}
