package dev.conntrace.flow;

import dev.conntrace.trace.CaptureQuality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The first few frames of something that seldom happens, lowest first. */
final class FirstFrames {
  /** Of what has not happened yet; never changed. */
  static final FirstFrames NONE = new FirstFrames();

  private final long[] frames = new long[CaptureQuality.MAX_FRAMES];
  private int count;

  /** Returns these frames and another one, if that is one of the first. */
  FirstFrames with(long frame) {
    FirstFrames more = this == NONE ? new FirstFrames() : this;
    more.add(frame);
    return more;
  }

  /** Returns these frames and others, as far as they are among the first. */
  FirstFrames with(FirstFrames others) {
    FirstFrames more = this;
    for (int i = 0; i < others.count; i++) {
      more = more.with(others.frames[i]);
    }
    return more;
  }

  /** Returns the highest of them; 0 if there is none. */
  long last() {
    return count == 0 ? 0 : frames[count - 1];
  }

  private void add(long frame) {
    if (count < frames.length) {
      frames[count++] = frame;
    } else if (frame < frames[count - 1]) {
      frames[count - 1] = frame;
    }
    Arrays.sort(frames, 0, count);
  }

  /** Returns them for a report. */
  List<Long> list() {
    List<Long> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(frames[i]);
    }
    return list;
  }
}
