package dev.conntrace.cli;

import dev.conntrace.capture.LinkTypeException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketWriter;
import dev.conntrace.capture.PcapWriter;
import dev.conntrace.capture.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file that {@code -w} names, replaced by a whole one if it is there, as tcpdump and tshark
 * replace theirs; or standard output.
 */
final class CaptureTarget implements Closeable {
  private static final String STANDARD_OUTPUT = "-";
  private static final int BUFFER_BYTES = 1 << 18;

  private final String name;
  private final OutputStream stream;
  private final @Nullable WholeFile file;
  private @Nullable PacketWriter writer;

  private CaptureTarget(String name, OutputStream stream, @Nullable WholeFile file) {
    this.name = name;
    this.stream = new BufferedOutputStream(stream, BUFFER_BYTES);
    this.file = file;
  }

  static boolean isStandardOutput(String name) {
    return name.equals(STANDARD_OUTPUT);
  }

  /**
   * Opens the file for writing.
   *
   * @param standardOutput is written to where {@code name} is {@code -}
   * @throws UsageException if it cannot be written
   */
  static CaptureTarget open(String name, OutputStream standardOutput) throws UsageException {
    if (isStandardOutput(name)) {
      return new CaptureTarget(name, standardOutput, null);
    }
    try {
      WholeFile file = WholeFile.at(placeOf(name), true);
      return new CaptureTarget(name, file.open(), file);
    } catch (IOException e) {
      throw new UsageException("cannot write " + name + ": " + reason(e));
    }
  }

  /**
   * Returns where a capture of that name is to be written.
   *
   * @throws UsageException if no file can be there
   */
  static Path placeOf(String name) throws UsageException {
    if (name.isEmpty()) {
      throw new UsageException("cannot write '': not a file name");
    }
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new UsageException("cannot write " + name + ": it is a directory");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new UsageException("cannot write " + name + ": not a file name: " + e.getReason());
    }
  }

  /** Returns why a file cannot be made. The message of such a fault is often the path alone. */
  static String reason(IOException fault) {
    if (fault instanceof NoSuchFileException) {
      return "no such folder";
    }
    if (fault instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        fault instanceof FileSystemException system ? system.getReason() : fault.getMessage();
    return reason == null ? fault.toString() : reason;
  }

  /**
   * Chooses the format and writes its header: pcapng where the name says so, else pcap.
   *
   * @param nanoseconds whether microseconds would lose something
   * @param linkType the link type of all packets, should it become a pcap
   */
  void begin(boolean nanoseconds, int linkType) {
    try {
      writer =
          isPcapng()
              ? new PcapngWriter(stream, nanoseconds)
              : new PcapWriter(stream, nanoseconds, linkType);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Standard output is where results go. */
  private OutputFailure failure(IOException cause) {
    return isStandardOutput(name) ? new OutputFailure(cause) : new OutputFailure(name, cause);
  }

  private boolean isPcapng() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".pcapng") || lower.endsWith(".ntar");
  }

  /**
   * Appends a packet; {@link #begin} must have been called.
   *
   * @throws UsageException if the format cannot hold it together with the others
   */
  void write(Packet packet) throws UsageException {
    PacketWriter open = writer;
    if (open == null) {
      throw new IllegalStateException("no header was written");
    }
    try {
      open.write(packet);
    } catch (LinkTypeException e) {
      throw new UsageException(
          "cannot write "
              + name
              + ": "
              + e.getMessage()
              + "; "
              + (file == null
                  ? "write to a file whose name ends in .pcapng"
                  : "let its name end in .pcapng"));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Completes the file and gives it its name. */
  void finish() {
    try {
      stream.flush();
      if (file != null) {
        stream.close();
        file.finish();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Lets go of the file; what was not {@linkplain #finish finished} is gone. */
  @Override
  public void close() {
    if (file == null) {
      return;
    }
    try (stream) {
      file.discard();
    } catch (IOException e) {
      // A file that matters has been finished, and if that failed, it was said.
    }
  }
}
