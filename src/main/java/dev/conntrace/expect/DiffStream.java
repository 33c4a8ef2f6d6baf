package dev.conntrace.expect;

import java.util.Arrays;

/** One side's bytes as they are compared: byte {@code n} of the stream stands at position n. */
final class DiffStream {
  private static final long FIRST = 1;

  private final RecordedStream recorded;
  private final byte[] head;

  DiffStream(RecordedStream recorded) {
    this.recorded = recorded;
    head = recorded.firstBytes();
  }

  boolean isEmpty() {
    return recorded.length() == 0 && recorded.gapBytes() == 0;
  }

  /** Returns how many bytes the capture holds of it. */
  long bytes() {
    return recorded.length();
  }

  /** Returns how many bytes are missing. */
  long missing() {
    return recorded.gapBytes();
  }

  /** Returns the first bytes up to a gap or a bound. */
  byte[] head() {
    return head;
  }

  /** Returns the digest of all bytes. */
  String digest() {
    return recorded.sha256();
  }

  /** Returns whether the byte at a position is known. */
  boolean knows(long position) {
    return position >= FIRST && position < FIRST + head.length;
  }

  /** Returns the byte at a position that is known. */
  int byteAt(long position) {
    return head[(int) (position - FIRST)] & 0xff;
  }

  /** Returns whether both hold the same bytes, and lack the same. */
  boolean isSameAs(DiffStream other) {
    return bytes() == other.bytes()
        && missing() == other.missing()
        && recorded.gapAt() == other.recorded.gapAt()
        && digest().equals(other.digest());
  }

  /**
   * Returns up to which position both are known to be the same: that of the first byte in which
   * they differ, or behind what is known; {@link Long#MAX_VALUE} if they are the same throughout.
   */
  long sameUpTo(DiffStream other) {
    if (isSameAs(other)) {
      return Long.MAX_VALUE;
    }
    int at = Arrays.mismatch(head, other.head);
    return FIRST + (at < 0 ? head.length : at);
  }
}
