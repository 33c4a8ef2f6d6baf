package dev.conntrace.cli;

import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Looks for one frame, and waits for the end of its connection, which it is explained with. */
final class FrameFinder implements TraceSink {
  private final long frame;
  private @Nullable SegmentSeen segment;
  private @Nullable PacketSkipped skipped;
  private @Nullable ConnectionReport connection;
  private @Nullable CaptureReport capture;

  FrameFinder(long frame) {
    this.frame = frame;
  }

  @Override
  public boolean wants(Importance importance, int number) {
    return switch (importance) {
      case CONNECTION -> true;
      case SEGMENT -> segment == null && (skipped == null || isFragment(skipped));
      case SKIPPED -> segment == null && skipped == null;
      case STATE, BYTES, PAYLOAD -> false;
    };
  }

  @Override
  public void on(SegmentSeen event) {
    if (event.segment().frame() == frame || event.segment().fragments().contains(frame)) {
      segment = event;
    }
  }

  /** The piece of a segment is explained with the segment, which a later frame completes. */
  private static boolean isFragment(PacketSkipped packet) {
    return packet.reason().equals(DecodeOutcome.FRAGMENT.id());
  }

  @Override
  public void on(PacketSkipped event) {
    if (event.frame() == frame) {
      skipped = event;
    }
  }

  @Override
  public void on(ConnectionClosed event) {
    if (segment != null && event.report().connection() == segment.connection()) {
      connection = event.report();
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }

  /** Returns the segment; null if the frame is not there or holds none. */
  @Nullable SegmentSeen segment() {
    return segment;
  }

  /** Returns the segment's connection; null if there is none. */
  @Nullable ConnectionReport connection() {
    return connection;
  }

  /** Returns why there is no segment, for a message. */
  String whyNot() {
    if (skipped != null) {
      return "frame "
          + frame
          + " holds no TCP segment: "
          + skipped.reason()
          + (isFragment(skipped) ? " of a packet that is no TCP segment or lacks pieces" : "");
    }
    return "there is no frame "
        + frame
        + "; the last one is "
        + (capture == null ? 0 : capture.frames());
  }
}
