package dev.conntrace.wire;

/**
 * Whether a header can be read where it is said to begin: what every view's {@code wrap} answers.
 *
 * <p>Only {@link #WHOLE} makes the view's accessors mean something, and then each of them is total.
 */
public enum Fit {
  /** Its bytes are all there and its lengths are possible. */
  WHOLE,
  /** It goes on beyond the bytes at hand. */
  CUT,
  /** Its own fields contradict each other or the protocol: more bytes would not help. */
  IMPOSSIBLE;

  /**
   * Returns {@link #WHOLE} if {@code length} bytes lie between {@code offset} and {@code limit},
   * else {@link #CUT}.
   */
  static Fit ofLength(int length, int offset, int limit) {
    return limit - offset >= length ? WHOLE : CUT;
  }
}
