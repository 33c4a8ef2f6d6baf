package dev.conntrace.flow;

import java.util.Arrays;

/** Between which frames the capture lost packets, in order; bounded, by widening the last one. */
final class LossIntervals {
  private static final int MOST = 1024;

  private long[] after = new long[4];
  private long[] upTo = new long[4];
  private int count;

  /** Packets were dropped behind frame {@code afterFrame}, and before the one after another. */
  void add(long afterFrame, long upToFrame) {
    if (count > 0 && (count == MOST || afterFrame <= upTo[count - 1])) {
      after[count - 1] = Math.min(after[count - 1], afterFrame);
      upTo[count - 1] = Math.max(upTo[count - 1], upToFrame);
      return;
    }
    if (count == after.length) {
      after = Arrays.copyOf(after, 4 * count);
      upTo = Arrays.copyOf(upTo, 4 * count);
    }
    after[count] = afterFrame;
    upTo[count++] = upToFrame;
  }

  /** Returns whether packets may have been dropped between two frames. */
  boolean between(long earlierFrame, long laterFrame) {
    for (int i = count - 1; i >= 0; i--) {
      if (laterFrame > after[i] && earlierFrame <= upTo[i]) {
        return true;
      }
    }
    return false;
  }
}
