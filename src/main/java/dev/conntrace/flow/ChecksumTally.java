package dev.conntrace.flow;

import dev.conntrace.wire.ChecksumState;

/** What one endpoint's checksums turned out to be, as far as they were verified. */
final class ChecksumTally {
  /** Where none was verified yet; never changed. */
  static final ChecksumTally NONE = new ChecksumTally();

  private int valid;
  private int validOverPayload;
  private int partial;
  private int bad;
  private FirstFrames badFrames = FirstFrames.NONE;

  /** Counts what was found of a segment's checksum. */
  void count(ChecksumState found, FlowSegment segment) {
    switch (found) {
      case VALID -> {
        valid++;
        validOverPayload += segment.length() > 0 ? 1 : 0;
      }
      case PARTIAL -> partial++;
      case BAD -> {
        bad++;
        badFrames = badFrames.with(segment.frame());
      }
      case NOT_CAPTURED, NOT_VERIFIED -> {}
    }
  }

  /** Returns whether they mean anything: most are right. */
  boolean isReliable() {
    return valid > partial + bad;
  }

  /** Returns whether so many were right up to now that one that is not must be damage. */
  boolean showsDamage(boolean overPayload) {
    int others = partial + bad;
    return valid > 2 * (1 + others) && (!overPayload || validOverPayload > others);
  }

  int partial() {
    return partial;
  }

  int bad() {
    return bad;
  }

  FirstFrames badFrames() {
    return badFrames;
  }
}
