package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.select.NearestWords;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.LinkTypeCount;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Takes one capture after the other, and says what went wrong with which. */
final class Captures {
  /** What a command does with each capture. */
  interface Task {
    /**
     * Traces a capture and prints what it holds.
     *
     * @return the capture's totals; null if it could not be traced to an end
     */
    @Nullable CaptureReport run(NamedCapture capture) throws IOException, UsageException;
  }

  private static final String MERGE = "--merge";

  private final Session session;

  Captures(Session session) {
    this.session = session;
  }

  /** Adds the options that say how the FILEs are read to a command. */
  static void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.flag(
                "Take all FILEs for one capture, in order of time: a set that was rotated, or what"
                    + " was captured on several interfaces.",
                MERGE)
            .build());
  }

  /** Returns whether the FILEs are one capture. */
  static boolean isMerged(ParseResult words) {
    return OptionSpecs.isGiven(words, MERGE);
  }

  /**
   * Runs the task for each of the FILEs among the words, or for all of them as one capture.
   *
   * @param copy writes the selected packets; null if they are not to be written
   * @return the worst status of any
   */
  ExitStatus each(ParseResult words, @Nullable PacketCopy copy, Task task) throws UsageException {
    List<String> files = OptionSpecs.wordsOf(words);
    if (Following.isGiven(words)) {
      return followed(Following.of(words, session), task);
    }
    boolean merged = isMerged(words);
    if (copy == null) {
      return each(files, merged, task);
    }
    if (files.size() > 1 && !merged) {
      throw new UsageException("-w writes one capture; with several FILEs it needs --merge");
    }
    checkStandardInput(files);
    copy.check(files);
    try (CaptureTarget target = copy.open()) {
      return each(files, merged, copy.after(task, target));
    }
  }

  /**
   * Runs the task for each file, or for all of them as one capture.
   *
   * @return the worst status of any
   */
  ExitStatus each(List<String> files, boolean merged, Task task) throws UsageException {
    return merged ? merged(files, task) : each(files, task);
  }

  /**
   * Runs the task for each file; a bad one does not keep the later ones from being read.
   *
   * @return the worst status of any
   */
  ExitStatus each(List<String> files, Task task) throws UsageException {
    checkStandardInput(files);
    ExitStatus worst = ExitStatus.DONE;
    for (String file : files) {
      try {
        worst = worst.worst(one(new NamedCapture(file, session), task));
      } catch (OutputFailure e) {
        // Nobody reads any further, so nothing need be written; what went wrong before still
        // counts.
        return worst.worst(Faults.ofOutput(e, session.messages()));
      }
    }
    return worst;
  }

  /** Runs the task for the capture that the files are together. */
  private ExitStatus merged(List<String> files, Task task) throws UsageException {
    checkStandardInput(files);
    try {
      return one(NamedCapture.merging(files, session), task);
    } catch (OutputFailure e) {
      return Faults.ofOutput(e, session.messages());
    }
  }

  /** Runs the task for a capture that still grows, until it is stopped. */
  ExitStatus followed(GrowingCapture file, Task task) throws UsageException {
    try {
      return one(NamedCapture.following(file, session), task);
    } catch (OutputFailure e) {
      return Faults.ofOutput(e, session.messages());
    }
  }

  /** Runs the task for a capture that this process has taken, and closes it. */
  ExitStatus taken(NamedCapture capture, Task task) throws UsageException {
    return one(capture, task);
  }

  private ExitStatus one(NamedCapture capture, Task task) throws UsageException {
    CaptureException damage;
    try (capture) {
      CaptureReport report = task.run(capture);
      session.output().flush();
      if (report != null && report.tcpSegments() == 0) {
        session.messages().note(contentsWithoutTcp(capture.name(), report));
      } else if (report != null && capture.isFollowed()) {
        session.messages().note(followed(capture.name(), report));
      }
      damage = capture.damage();
    } catch (CaptureException e) {
      damage = e;
    } catch (IOException e) {
      damage = new CaptureException(capture.name(), "reading broke off: " + e.getMessage());
    } catch (UsageException | OutputFailure e) {
      throw e;
    } catch (Throwable e) {
      return fault(capture, e);
    }
    if (damage == null) {
      return ExitStatus.DONE;
    }
    session.messages().error(hint(capture, damage));
    for (Throwable other : damage.getSuppressed()) {
      if (other instanceof CaptureException) {
        session.messages().error(String.valueOf(other.getMessage()));
      }
    }
    return ExitStatus.CAPTURE;
  }

  private ExitStatus fault(NamedCapture capture, Throwable fault) {
    OutputFailure failure = OutputFailure.behind(fault);
    if (failure != null) {
      throw failure;
    }
    session.output().flush();
    String place =
        capture.frame() == 0
            ? "fault before the first frame of " + capture.name()
            : "fault in frame " + capture.frame() + " of " + capture.name();
    return Faults.report(place, fault, session.messages(), session.options().showsTraces());
  }

  /** Standard input can be read by one, and a person's keyboard sends no packets. */
  private void checkStandardInput(List<String> files) throws UsageException {
    int first = files.indexOf(CaptureFile.STANDARD_INPUT);
    if (first < 0) {
      return;
    }
    if (first != files.lastIndexOf(CaptureFile.STANDARD_INPUT)) {
      throw new UsageException("'-' is standard input, which can be read only once");
    }
    if (session.surroundings().terminals().in()) {
      throw new UsageException(
          "standard input is a terminal; pipe a capture into it: tcpdump -U -w - | conntrace -");
    }
  }

  /** A command that was misspelt, or does not come first, is taken for a file. */
  private static String hint(NamedCapture capture, CaptureException damage) {
    String file = capture.name();
    String message = String.valueOf(damage.getMessage());
    if (capture.isMerged() || capture.isFollowed() || new File(file).exists()) {
      return message;
    }
    return CommandName.ofWord(file) != null
        ? message + "; a command comes before all options: conntrace " + file + " ..."
        : message + NearestWords.question(file, CommandName.words());
  }

  /** Says how far a growing file was read: there may be more in it by now. */
  private static String followed(String file, CaptureReport report) {
    return file
        + ": read up to frame "
        + report.frames()
        + ", "
        + report.connections()
        + (report.connections() == 1 ? " connection" : " connections");
  }

  private static String contentsWithoutTcp(String file, CaptureReport report) {
    if (report.frames() == 0) {
      return file + ": no packets";
    }
    StringBuilder text = new StringBuilder(file).append(": no TCP in ");
    text.append(report.frames()).append(report.frames() == 1 ? " packet" : " packets");
    String separator = ": ";
    for (Map.Entry<String, Long> reason : report.skipped().entrySet()) {
      text.append(separator).append(reason.getValue()).append(' ').append(reason.getKey());
      separator = ", ";
    }
    separator = " (";
    for (LinkTypeCount type : report.unknownLinkTypes()) {
      text.append(separator).append(type.name());
      separator = ", ";
    }
    if (!report.unknownLinkTypes().isEmpty()) {
      text.append(')');
    }
    return text.toString();
  }
}
