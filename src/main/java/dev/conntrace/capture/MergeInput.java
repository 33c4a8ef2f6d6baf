package dev.conntrace.capture;

import java.io.IOException;

/** One of the files that are to be read as one capture. */
public interface MergeInput {
  /** Returns the file's name as the user gave it. */
  String name();

  /** Returns whether {@link #open} may be called more than once: a pipe runs dry. */
  boolean canReopen();

  /**
   * Opens the file at its beginning.
   *
   * @return its packets; to be closed by the caller
   * @throws CaptureException if there is no such file, or it is no capture
   */
  PacketSource open() throws IOException;
}
