package dev.conntrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Says that conntrace itself failed: one line, and how it came to that only on request. */
final class Faults {
  private Faults() {}

  /**
   * Reports a fault.
   *
   * @param place where it happened, in words
   */
  static ExitStatus report(String place, Throwable fault, Messages messages, boolean withTrace) {
    messages.error(place + ": " + fault + "; please report");
    if (withTrace) {
      StringWriter trace = new StringWriter();
      fault.printStackTrace(new PrintWriter(trace, true));
      messages.block(trace.toString());
    }
    return ExitStatus.FAULT;
  }

  /** Reports that results could not be written; that nobody wants to read on is no fault. */
  static ExitStatus ofOutput(OutputFailure failure, Messages messages) {
    if (failure.readerIsGone()) {
      return ExitStatus.DONE;
    }
    messages.error("cannot write " + failure.target() + ": " + failure.reason());
    return ExitStatus.FAULT;
  }
}
