package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.MergeInput;
import dev.conntrace.capture.PacketSource;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** One FILE of the command line: a file, a pipe, or standard input. */
final class InputFile implements MergeInput, Closeable {
  /** Stands for a length that nobody knows. */
  static final long UNKNOWN_LENGTH = -1;

  private final String name;
  private final Session session;
  private @Nullable Spool spool;

  InputFile(String name, Session session) {
    this.name = name;
    this.session = session;
  }

  /** Names what is kept already, and lets go of it when it is closed. */
  InputFile(String name, Session session, Spool kept) {
    this(name, session);
    spool = kept;
  }

  @Override
  public String name() {
    return name;
  }

  boolean isStandardInput() {
    return name.equals(CaptureFile.STANDARD_INPUT);
  }

  /** A file can be opened again; what is missing or a folder will be refused when it is opened. */
  private boolean isRereadable() {
    File file = new File(name);
    return !isStandardInput() && (file.isFile() || file.isDirectory() || !file.exists());
  }

  @Override
  public boolean canReopen() {
    return spool != null || isRereadable();
  }

  /**
   * Returns whether reading ahead of what is printed does no harm: with a pipe, who feeds it may be
   * waiting for what is printed.
   */
  boolean mayBeReadAhead() {
    return spool == null && isRereadable();
  }

  /** Makes sure that it can be opened more than once: what comes through a pipe is stored. */
  void keep(Progress progress) throws CaptureException {
    if (canReopen()) {
      return;
    }
    try {
      if (isStandardInput()) {
        spool = Spool.of(session.surroundings().in(), progress);
      } else {
        try (InputStream stream = new FileInputStream(name)) {
          spool = Spool.of(stream, progress);
        }
      }
    } catch (IOException e) {
      throw new CaptureException(name, "cannot be kept for a second reading: " + e.getMessage());
    }
  }

  @Override
  public PacketSource open() throws IOException {
    if (spool != null) {
      return CaptureFile.read(name, spool.fromStart());
    }
    return CaptureFile.open(name, new PromptInput(session.surroundings().in(), session.output()));
  }

  /** Returns how many bytes it has, or {@link #UNKNOWN_LENGTH}. */
  long length() throws IOException {
    if (spool != null) {
      return spool.size();
    }
    return isRereadable() ? new File(name).length() : UNKNOWN_LENGTH;
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
