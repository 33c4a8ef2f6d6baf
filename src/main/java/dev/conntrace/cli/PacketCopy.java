package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code -w}: writes the selected packets as a capture, byte for byte as they were captured.
 *
 * <p>What is selected shows only when a connection has ended. So the capture is read twice: once to
 * learn which frames are wanted, once to copy them.
 */
final class PacketCopy {
  private static final String OPTION = "-w";
  private static final int ETHERNET = 1;

  private final String name;
  private final ConnectionSelection selection;
  private final boolean wholeConnections;
  private final Session session;

  private PacketCopy(
      String name, ConnectionSelection selection, boolean wholeConnections, Session session) {
    this.name = name;
    this.selection = selection;
    this.wholeConnections = wholeConnections;
    this.session = session;
  }

  /**
   * Adds the option to a command.
   *
   * @param what which packets are written
   */
  static void define(CommandSpec spec, String what) {
    spec.addOption(
        OptionSpecs.value(
                "OUT",
                "Also write "
                    + what
                    + " to a capture OUT, as they were captured: pcapng where its name ends in"
                    + " .pcapng, else pcap. '-' is standard output, and nothing else is printed.",
                OPTION,
                "--write")
            .build());
  }

  /**
   * Reads the option back.
   *
   * @param wholeConnections whether connections are chosen as a whole, not segment by segment
   * @return null if it was not given
   */
  static @Nullable PacketCopy of(
      ParseResult words, ConnectionSelection selection, boolean wholeConnections, Session session) {
    return words.hasMatchedOption(OPTION)
        ? new PacketCopy(
            OptionSpecs.valueOf(words, OPTION, ""), selection, wholeConnections, session)
        : null;
  }

  /** Returns whether the packets are all that is to be printed. */
  boolean isAllThatIsPrinted() {
    return CaptureTarget.isStandardOutput(name);
  }

  /**
   * Makes sure that no input would be lost by writing.
   *
   * @throws UsageException if it would, or a terminal would get what is no text
   */
  void check(List<String> inputs) throws UsageException {
    if (isAllThatIsPrinted()) {
      if (session.surroundings().terminals().out()) {
        throw new UsageException(
            "-w - writes a capture, which is no text for a terminal; name a file, or pipe it on");
      }
      return;
    }
    for (String input : inputs) {
      if (isSameFile(input)) {
        throw new UsageException(
            "-w would overwrite " + input + ", which is to be read; name another file");
      }
    }
  }

  private boolean isSameFile(String input) {
    try {
      Path out = Path.of(name);
      Path in = Path.of(input);
      return Files.isRegularFile(in) && Files.exists(out) && Files.isSameFile(in, out);
    } catch (IOException | InvalidPathException e) {
      // What cannot be compared cannot be opened either, which is said then.
      return false;
    }
  }

  /** Opens the file for writing. */
  CaptureTarget open() throws UsageException {
    return CaptureTarget.open(name, session.surroundings().out());
  }

  /** Returns a task that does another one first, unless nothing else is to be printed. */
  Captures.Task after(Captures.Task task, CaptureTarget target) {
    return new Captures.Task() {
      @Override
      public @Nullable CaptureReport run(NamedCapture capture) throws IOException, UsageException {
        capture.keep();
        CaptureReport report = null;
        if (isAllThatIsPrinted()) {
          capture.survey(selection);
        } else {
          report = task.run(capture);
        }
        CaptureReport copied = copy(capture, target);
        return report == null ? copied : report;
      }
    };
  }

  private @Nullable CaptureReport copy(NamedCapture capture, CaptureTarget target)
      throws IOException, UsageException {
    FrameCollector collector = new FrameCollector(selection, wholeConnections);
    capture.trace(collector, false);
    copy(capture, collector, target);
    target.finish();
    FrameSet frames = collector.frames();
    CaptureReport report = collector.capture();
    if (isAllThatIsPrinted()) {
      session.noteIfNothing(capture.name(), frames.size(), selection, report);
    } else if (report != null) {
      session
          .messages()
          .note(name + ": " + frames.size() + " of " + report.frames() + " packets written");
    }
    return report;
  }

  private static void copy(NamedCapture capture, FrameCollector wanted, CaptureTarget target)
      throws IOException, UsageException {
    Packet packet = new Packet();
    int firstLinkType = ETHERNET;
    boolean begun = false;
    try (WatchedSource source = capture.open(false)) {
      while (source.next(packet)) {
        if (packet.frame() == 1) {
          firstLinkType = packet.linkType();
        }
        if (wanted.frames().contains(packet.frame())) {
          if (!begun) {
            target.begin(wanted.hasNanoseconds(), packet.linkType());
            begun = true;
          }
          target.write(packet);
        }
      }
    } catch (CaptureException e) {
      // Where the capture is damaged was noted when it was read the first time.
    }
    if (!begun) {
      target.begin(wanted.hasNanoseconds(), firstLinkType);
    }
  }
}
