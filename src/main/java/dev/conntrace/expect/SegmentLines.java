package dev.conntrace.expect;

import dev.conntrace.trace.SegmentNotation;
import dev.conntrace.trace.SegmentSeen;
import java.util.ArrayList;
import java.util.List;

/** The segments around a frame in segment notation, as a script that tests can read back. */
final class SegmentLines {
  private static final int BEFORE = 3;
  private static final int AFTER = 3;

  private SegmentLines() {}

  /** Returns up to seven lines; none where the frame was not kept. */
  static List<String> around(List<SegmentSeen> segments, long frame) {
    int at = indexOf(segments, frame);
    if (at < 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    int first = Math.max(0, at - BEFORE);
    int last = Math.min(segments.size() - 1, at + AFTER);
    for (int i = first; i <= last; i++) {
      String line = SegmentNotation.of(segments.get(i).segment(), since(segments, i, first));
      String number = " # frame " + segments.get(i).segment().frame();
      lines.add(line + number + (i == at ? ", here" : ""));
    }
    return lines;
  }

  private static int indexOf(List<SegmentSeen> segments, long frame) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).segment().frame() == frame) {
        return i;
      }
    }
    return -1;
  }

  private static long since(List<SegmentSeen> segments, int index, int first) {
    if (index == first || !segments.get(index).segment().hasTimestamp()) {
      return 0;
    }
    return segments.get(index).segment().timestampNanos()
        - segments.get(index - 1).segment().timestampNanos();
  }
}
