package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.MergedSource;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.TraceSink;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One capture that the user named: a file, or several that are merged. It can be read once, and
 * after {@link #keep} any number of times.
 */
final class NamedCapture implements Closeable {
  /** A name that is made of more than these would be longer than what it names. */
  private static final int MOST_NAMES = 3;

  private final List<InputFile> files = new ArrayList<>();
  private final boolean merged;
  private final @Nullable GrowingCapture following;
  private final Session session;
  private @Nullable CaptureException damage;
  private @Nullable WatchedSource source;
  private @Nullable FrameCopy copy;
  private UnaryOperator<TraceSink> beside = sink -> sink;

  /** Names a capture that is one file. */
  NamedCapture(String file, Session session) {
    this(List.of(new InputFile(file, session)), false, null, session);
  }

  private NamedCapture(
      List<InputFile> files, boolean merged, @Nullable GrowingCapture following, Session session) {
    this.files.addAll(files);
    this.merged = merged;
    this.following = following;
    this.session = session;
  }

  /** Names the capture that several files are together. */
  static NamedCapture merging(List<String> names, Session session) {
    List<InputFile> files = new ArrayList<>();
    for (String name : names) {
      files.add(new InputFile(name, session));
    }
    return new NamedCapture(files, true, null, session);
  }

  /** Names a capture that this process has taken itself. */
  static NamedCapture kept(String name, Spool spool, Session session) {
    return new NamedCapture(List.of(new InputFile(name, session, spool)), false, null, session);
  }

  /** Names a capture that is still being written; it can be read once. */
  static NamedCapture following(GrowingCapture file, Session session) {
    return new NamedCapture(List.of(new InputFile(file.name(), session)), false, file, session);
  }

  /**
   * Returns the name as the user gave it; of several files, their names with {@code +} between
   * them, of more than three the first and the last: {@code a.pcap+...+z.pcap}.
   */
  String name() {
    InputFile first = files.get(0);
    if (files.size() > MOST_NAMES) {
      return first.name() + "+...+" + files.get(files.size() - 1).name();
    }
    StringBuilder name = new StringBuilder(first.name());
    for (InputFile file : files.subList(1, files.size())) {
      name.append('+').append(file.name());
    }
    return name.toString();
  }

  /** Returns whether several files are read as one. */
  boolean isMerged() {
    return merged;
  }

  /** Returns whether it is still being written. */
  boolean isFollowed() {
    return following != null;
  }

  /** Returns the frame that was read last, 0 before the first. */
  long frame() {
    return source == null ? 0 : source.frame();
  }

  /**
   * Returns why a tracing ended early; null if none did. What is wrong with further files of a
   * merged capture hangs on it as suppressed exceptions.
   */
  @Nullable CaptureException damage() {
    return damage;
  }

  /** Offers each packet of later tracings to {@code wanted} before it is traced. */
  void copyTo(FrameCopy wanted) {
    copy = wanted;
  }

  /** Adds what {@code view} knows of the same connections to what each later tracing tells. */
  void seenBy(UnaryOperator<TraceSink> view) {
    beside = view;
  }

  /** Makes sure that more than one reading is possible: what comes through a pipe is stored. */
  void keep() throws CaptureException {
    for (InputFile file : files) {
      try (Progress progress =
          progress(shownName(file), InputFile.UNKNOWN_LENGTH, file.canReopen())) {
        file.keep(progress);
      }
    }
  }

  /**
   * Lets a selection see whatever it must know of the capture before it can be asked; mostly that
   * is nothing, and the capture is not read.
   *
   * @throws CaptureException if the capture cannot be opened
   * @throws UsageException if the capture would have to be complete, and is still being written
   */
  void survey(ConnectionSelection selection) throws IOException, UsageException {
    selection.begin(0);
    if (following != null) {
      requireNoSurvey(selection);
      return;
    }
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

  private static void requireNoSurvey(ConnectionSelection selection) throws UsageException {
    if (selection.asksForStart() || selection.survey() != null) {
      throw new UsageException(
          "this selection needs a whole capture, and this one still grows; ask for what each"
              + " connection or segment shows by itself");
    }
  }

  /** Returns the time of the first packet that has one; 0 where none has. */
  private long startNanos() throws IOException {
    Packet packet = new Packet();
    try (PacketSource packets = packets()) {
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
    WatchedSource watched = open(printing);
    TraceSink all = following == null ? beside.apply(sink) : following.beside(sink);
    try (watched) {
      session
          .engine()
          .trace(watched, session.options().tracer().readingAhead(mayBeReadAhead()), all);
    } catch (CaptureException e) {
      if (damage == null) {
        damage = e;
      }
    }
  }

  /**
   * Opens the capture.
   *
   * @param printing whether what is read will be printed: two cannot write to one terminal
   * @return its packets; to be closed by the caller
   * @throws CaptureException if the capture cannot be opened
   */
  WatchedSource open(boolean printing) throws IOException {
    WatchedSource watched =
        following != null
            ? new WatchedSource(following.open(), Progress.NONE, copy)
            : new WatchedSource(packets(), progress(shownName(), length(), printing), copy);
    source = watched;
    return watched;
  }

  private PacketSource packets() throws IOException {
    return merged ? new MergedSource(files) : files.get(0).open();
  }

  /** Returns whether nobody minds when packets are read before the ones before are dealt with. */
  boolean mayBeReadAhead() {
    if (following != null) {
      return false;
    }
    for (InputFile file : files) {
      if (!file.mayBeReadAhead()) {
        return false;
      }
    }
    return true;
  }

  private long length() throws IOException {
    long sum = 0;
    for (InputFile file : files) {
      long length = file.length();
      if (length == InputFile.UNKNOWN_LENGTH) {
        return length;
      }
      sum += length;
    }
    return sum;
  }

  private String shownName() {
    return merged ? name() : shownName(files.get(0));
  }

  private static String shownName(InputFile file) {
    return file.isStandardInput() ? "standard input" : file.name();
  }

  private Progress progress(String name, long totalBytes, boolean printing) {
    Terminals terminals = session.surroundings().terminals();
    boolean shown = terminals.err() && !session.options().quiet() && !(printing && terminals.out());
    return shown ? new Progress(name, totalBytes, session.surroundings().err()) : Progress.NONE;
  }

  @Override
  public void close() throws IOException {
    for (InputFile file : files) {
      file.close();
    }
  }
}
