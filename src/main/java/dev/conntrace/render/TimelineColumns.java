package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.SegmentFacts;

/**
 * Where each column of a timeline stands, fitted to the numbers that the connection has.
 *
 * <pre>
 *  mark frame  time      since   arrow                   bytes         ack     window   words
 *  !    12     0.212345  +212 ms client --- PSH,ACK ---> 1449-2896 ... ack 1   win 512  retransmission of ...
 * </pre>
 *
 * Where the words would be squeezed they get lines of their own, and the time since the line before
 * stands in front of them.
 */
final class TimelineColumns {
  static final int GAP = 2;

  private static final int MARK = 2;
  private static final int SINCE = 8;
  private static final int LEAST_FOR_WORDS = 44;
  private static final int LENGTH_DIGITS = 4;

  private final int limit;
  private final int frame;
  private final int time;
  private final int since;
  private final int bytes;
  private final int ack;
  private final int window;
  private final boolean wide;

  TimelineColumns(Layout layout, ConnectionReport report, ClockText clock) {
    limit = layout.width();
    frame = Long.toString(report.lastFrame()).length();
    boolean timed = report.startNanos() != SegmentFacts.NO_TIMESTAMP;
    time = timed ? clock.width(report.endNanos()) : 0;
    since = timed && layout.time() != TimeMode.DELTA ? SINCE : 0;
    // The highest acknowledgement: behind the last byte and the FIN.
    long last = Math.max(bytesOf(report.fromClient()), bytesOf(report.fromServer())) + 2;
    int digits = Long.toString(last).length();
    bytes = 2 * digits + "- ()".length() + Math.min(digits, LENGTH_DIGITS);
    ack = "ack ".length() + digits;
    window = (isScaled(report) ? "win 1048576" : "win 65535").length();
    wide = limit - factsEnd() >= LEAST_FOR_WORDS;
  }

  /** Returns whether the words stand behind the facts, on the same line. */
  boolean wide() {
    return wide;
  }

  /** Returns the terminal's width. */
  int limit() {
    return limit;
  }

  int frame() {
    return MARK + frame;
  }

  int time() {
    return time;
  }

  /** Returns the columns for the time since the line before; 0 where there is no such column. */
  int since() {
    return since;
  }

  int bytes() {
    return bytes;
  }

  int ack() {
    return ack;
  }

  int window() {
    return window;
  }

  /** Returns the column at which the words begin, also those on lines of their own. */
  int words() {
    return wide ? factsEnd() : textStart();
  }

  /** Returns the column behind the time. */
  int textStart() {
    return behind(MARK + frame) + behind(time);
  }

  /** Returns the column at which the kernel's word begins. */
  int kernel() {
    return textStart();
  }

  /** Returns the columns of an arrow. */
  int arrow() {
    return wide ? Arrow.LONG : Arrow.SHORT;
  }

  /** Returns the column at which explanations begin. */
  int aside() {
    return wide ? textStart() + behind(since) : textStart();
  }

  private static long bytesOf(DirectionTotals sent) {
    return sent.uniqueBytes() + sent.missingBytes();
  }

  private static boolean isScaled(ConnectionReport report) {
    Handshake handshake = report.handshake();
    return handshake != null
        && (handshake.inForce().clientWindowScale() > 0
            || handshake.inForce().serverWindowScale() > 0);
  }

  private int factsEnd() {
    return textStart()
        + behind(since)
        + behind(Arrow.LONG)
        + behind(bytes)
        + behind(ack)
        + behind(window);
  }

  private static int behind(int columns) {
    return columns == 0 ? 0 : columns + GAP;
  }
}
