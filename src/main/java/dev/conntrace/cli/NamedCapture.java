package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.TraceSink;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One capture that the user named. It can be traced once, and after {@link #keep} any number of
 * times.
 */
final class NamedCapture implements Closeable {
  private static final long UNKNOWN_LENGTH = -1;

  private final String name;
  private final Session session;
  private @Nullable Spool spool;
  private @Nullable CaptureException damage;
  private @Nullable WatchedSource source;
  private @Nullable FrameCopy copy;

  NamedCapture(String name, Session session) {
    this.name = name;
    this.session = session;
  }

  /** Returns the name as the user gave it. */
  String name() {
    return name;
  }

  /** Returns the frame that was read last, 0 before the first. */
  long frame() {
    return source == null ? 0 : source.frame();
  }

  /** Returns why a tracing ended early; null if none did. */
  @Nullable CaptureException damage() {
    return damage;
  }

  /** Offers each packet of later tracings to {@code wanted} before it is traced. */
  void copyTo(FrameCopy wanted) {
    copy = wanted;
  }

  /** Makes sure that more than one tracing is possible: what comes through a pipe is stored. */
  void keep() throws CaptureException {
    if (spool != null || isRereadable()) {
      return;
    }
    try (Progress progress = progress(UNKNOWN_LENGTH, false)) {
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

  /**
   * Lets a selection see whatever it must know of the capture before it can be asked; mostly that
   * is nothing, and the capture is not read.
   *
   * @throws CaptureException if the capture cannot be opened
   */
  void survey(ConnectionSelection selection) throws IOException {
    selection.begin(0);
    if (selection.asksForStart()) {
      keep();
      selection.begin(startNanos());
    }
    TraceSink survey = selection.survey();
    while (survey != null) {
      keep();
      trace(survey, false);
      survey = selection.survey();
    }
  }

  /** Returns the time of the first packet that has one; 0 where none has. */
  private long startNanos() throws IOException {
    Packet packet = new Packet();
    try (PacketSource packets = open()) {
      while (packets.next(packet)) {
        if (packet.timestampNanos() != Packet.NO_TIMESTAMP) {
          return packet.timestampNanos();
        }
      }
    } catch (CaptureException e) {
      // The tracing comes upon the same damage, and tells of it.
    }
    return 0;
  }

  /**
   * Traces the capture from beginning to end. Damage ends it early, after the sink has been told
   * everything before the damage, and is kept in {@link #damage}.
   *
   * @param printing whether the sink prints: two cannot write to one terminal
   * @throws CaptureException if the capture cannot be opened
   */
  void trace(TraceSink sink, boolean printing) throws IOException {
    PacketSource packets = open();
    try (packets;
        Progress progress = progress(length(), printing)) {
      WatchedSource watched = new WatchedSource(packets, progress, copy);
      source = watched;
      session
          .engine()
          .trace(watched, session.options().tracer().readingAhead(isRereadable()), sink);
    } catch (CaptureException e) {
      if (damage == null) {
        damage = e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }

  private PacketSource open() throws IOException {
    if (spool != null) {
      return CaptureFile.read(name, spool.fromStart());
    }
    return CaptureFile.open(name, new PromptInput(session.surroundings().in(), session.output()));
  }

  private boolean isStandardInput() {
    return name.equals(CaptureFile.STANDARD_INPUT);
  }

  /** A file can be opened again; what is missing or a folder will be refused when it is opened. */
  private boolean isRereadable() {
    File file = new File(name);
    return !isStandardInput() && (file.isFile() || file.isDirectory() || !file.exists());
  }

  private long length() throws IOException {
    if (spool != null) {
      return spool.size();
    }
    return isStandardInput() ? UNKNOWN_LENGTH : new File(name).length();
  }

  private Progress progress(long totalBytes, boolean printing) {
    Terminals terminals = session.surroundings().terminals();
    boolean shown = terminals.err() && !session.options().quiet() && !(printing && terminals.out());
    return shown
        ? new Progress(
            isStandardInput() ? "standard input" : name, totalBytes, session.surroundings().err())
        : Progress.NONE;
  }
}
