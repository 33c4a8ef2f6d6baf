package dev.conntrace.samples;

import dev.conntrace.samples.Shape.Form;

/** The parts of a connection's record that tell of what took longer than one segment. */
final class HistoryContract {
  static final Form STALLS = new Shape().form();

  static final Form RECOVERIES = new Shape().form();

  static final Form CONGESTION = new Shape().form();

  static final Form ROUND_TRIPS = new Shape().form();

  static final Form BUFFERS = new Shape().form();

  private HistoryContract() {}
}
