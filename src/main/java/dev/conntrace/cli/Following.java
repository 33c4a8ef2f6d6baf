package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.FollowedSource;
import dev.conntrace.capture.GrowingFile;
import dev.conntrace.capture.PacketSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code --follow}: reads a capture that is still being written, until Ctrl-C or silence. */
final class Following implements GrowingCapture {
  private static final String OPTION = "--follow";
  private static final String IDLE_EXIT = "--idle-exit";

  private final String name;
  private final long idleExitNanos;
  private final Session session;

  private Following(String name, long idleExitNanos, Session session) {
    this.name = name;
    this.idleExitNanos = idleExitNanos;
    this.session = session;
  }

  /** Adds the options to a command. */
  static void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.flag(
                "Wait for more at the end of FILE, which tcpdump -U -w still writes, until Ctrl-C.",
                OPTION)
            .build());
    spec.addOption(
        OptionSpecs.value("SECONDS", "End --follow when so long nothing came.", IDLE_EXIT).build());
  }

  /**
   * Returns whether a file is to be followed.
   *
   * @throws UsageException if an option is given that means nothing then
   */
  static boolean isGiven(ParseResult words) throws UsageException {
    if (words.commandSpec().findOption(OPTION) == null) {
      return false;
    }
    boolean given = OptionSpecs.isGiven(words, OPTION);
    if (!given && words.hasMatchedOption(IDLE_EXIT)) {
      throw new UsageException(IDLE_EXIT + " needs " + OPTION + ": a whole capture has an end");
    }
    return given;
  }

  /**
   * Reads the options back.
   *
   * @throws UsageException if the file cannot be followed
   */
  static Following of(ParseResult words, Session session) throws UsageException {
    List<String> files = OptionSpecs.wordsOf(words);
    if (files.size() != 1) {
      throw new UsageException("--follow reads one FILE, not " + files.size());
    }
    String name = files.get(0);
    if (name.equals(CaptureFile.STANDARD_INPUT)) {
      throw new UsageException("--follow needs a FILE; standard input is read to its end anyway");
    }
    for (String option : List.of("--merge", "-w", "--sort")) {
      if (words.hasMatchedOption(option)) {
        throw new UsageException(option + " needs a whole capture, which --follow never has");
      }
    }
    File file = new File(name);
    if (file.exists() && !file.isFile()) {
      throw new UsageException(name + ": --follow needs a regular file");
    }
    if (CaptureFile.isCompressed(Path.of(name))) {
      throw new UsageException(
          name + ": a compressed file cannot be followed; unpack it, or follow what is written");
    }
    return new Following(name, idleExit(words), session);
  }

  private static long idleExit(ParseResult words) throws UsageException {
    if (!words.hasMatchedOption(IDLE_EXIT)) {
      return GrowingFile.FOREVER;
    }
    return CommonOptions.nanos(IDLE_EXIT, OptionSpecs.valueOf(words, IDLE_EXIT, ""));
  }

  @Override
  public String name() {
    return name;
  }

  /** Opens the file and waits for its header. */
  @Override
  public PacketSource open() throws CaptureException {
    Output output = session.output();
    try {
      GrowingFile file = new GrowingFile(Path.of(name), idleExitNanos, output::flush);
      Interruption.stops(file::stop);
      return new FollowedSource(name, file);
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      // What is missing or forbidden is said in the same words as without --follow.
      CaptureFile.open(Path.of(name));
      throw new CaptureException(name, "cannot be followed: " + e.getMessage());
    }
  }
}
