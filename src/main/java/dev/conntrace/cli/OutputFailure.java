package dev.conntrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Standard output (or the pager, or the file that is written) takes no more. */
final class OutputFailure extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private final String target;
  private final String reason;

  OutputFailure(IOException cause) {
    this("the results", cause);
  }

  /** States that {@code target} cannot be written. */
  OutputFailure(String target, IOException cause) {
    super(cause);
    this.target = target;
    this.reason = reason(cause);
  }

  /** The message of a file system's exception is often the path alone. */
  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileSystemException refused && refused.getReason() == null) {
      return "it cannot be made there";
    }
    return String.valueOf(cause.getMessage());
  }

  /** Returns what was to be written. */
  String target() {
    return target;
  }

  /** Returns what the operating system says. */
  String reason() {
    return reason;
  }

  /** Returns whether the reader of the pipe has simply gone, as {@code head} does. */
  boolean readerIsGone() {
    return reason.contains("Broken pipe")
        || reason.contains("Stream closed")
        || reason.contains("Connection reset")
        || reason.contains("pipe is being closed");
  }

  /** Returns the failure of the output that is behind {@code fault}, or null if none is. */
  static @Nullable OutputFailure behind(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutputFailure failure) {
        return failure;
      }
    }
    return null;
  }
}
