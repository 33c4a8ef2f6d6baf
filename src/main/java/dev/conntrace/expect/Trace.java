package dev.conntrace.expect;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An analysed capture as data: its totals, its connections, and their segments with final verdicts.
 * It never changes. {@link TraceRecorder} makes it.
 *
 * @param name what the capture is called: its path as a rule
 * @param capture the totals
 * @param connections the connections in order of their numbers
 * @param limits what was not kept because of a bound, in words; empty where everything was
 */
public record Trace(
    String name, CaptureReport capture, List<ConnectionTrace> connections, List<String> limits) {

  /** Returns the connection of this number, or null if there is none or it was not kept. */
  public @Nullable ConnectionTrace connection(int number) {
    for (ConnectionTrace connection : connections) {
      if (connection.number() == number) {
        return connection;
      }
    }
    return null;
  }

  /** Returns when the capture began, in nanoseconds since 1970; 0 where it has no times. */
  public long startNanos() {
    return capture.firstNanos() == SegmentFacts.NO_TIMESTAMP ? 0 : capture.firstNanos();
  }

  /**
   * Returns why nothing that was not seen can be taken for absent, in words: the file is damaged or
   * the capture lost packets. Empty where nothing stands against a verdict.
   */
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    for (CaptureQuality quality : capture.quality()) {
      if (quality.problem() == Problem.DAMAGED) {
        doubts.add("the file is damaged: what comes after the damage is not known");
      } else if (quality.problem() == Problem.DROPS) {
        long count = quality.count();
        doubts.add(
            "the capture lost "
                + count
                + (count == 1 ? " packet" : " packets")
                + " when it was taken");
      }
    }
    return doubts;
  }

  /**
   * Returns what else stands against a verdict: that a bound was reached. Reports and counts are
   * complete for each connection that was kept, so that segments left out matter only to who looks
   * at single segments.
   *
   * @param segments whether single segments are looked at
   */
  List<String> leftOut(boolean segments) {
    List<String> leftOut = new ArrayList<>();
    if (limits.isEmpty()) {
      return leftOut;
    }
    if (connections.size() < capture.connections()) {
      leftOut.add("only the first " + connections.size() + " connections were kept");
    }
    if (segments && keptSegments() < allSegments()) {
      leftOut.add("only the first " + keptSegments() + " segments were kept");
    }
    return leftOut;
  }

  private long keptSegments() {
    long kept = 0;
    for (ConnectionTrace connection : connections) {
      kept += connection.segments().size();
    }
    return kept;
  }

  private long allSegments() {
    long all = 0;
    for (ConnectionTrace connection : connections) {
      all += connection.report().fromClient().segments();
      all += connection.report().fromServer().segments();
    }
    return all;
  }

  /**
   * Tells a sink the segments and connections once more, connection by connection, with final
   * verdicts and without payload.
   */
  public void replay(TraceSink sink) {
    for (ConnectionTrace connection : connections) {
      sink.on(connection.opened());
      for (SegmentSeen segment : connection.segments()) {
        sink.on(segment);
      }
      sink.on(new ConnectionClosed(connection.report()));
    }
    sink.on(new CaptureEnded(capture));
  }
}
