package dev.conntrace.decode;

import dev.conntrace.wire.ChecksumState;

/**
 * Verifies the TCP checksums of a capture while its packets are read, as far as that costs next to
 * nothing: those of the first 16 MiB of segments all, after that every 64th. So small captures are
 * verified whole and large ones sampled, and which segments are does not depend on who listens.
 */
public final class ChecksumSample {
  /** How many bytes of segments, headers included, are verified without a gap. */
  public static final long WHOLE_BYTES = 16L << 20;

  /** Of the segments that come later one in so many is verified. */
  public static final int ONE_IN = 64;

  private long bytesLeft = WHOLE_BYTES;
  private long segments;
  private long verified;

  /** Looks at a segment whose bytes are at hand, and notes in it what was found. */
  public void take(Segment segment) {
    segments++;
    if (bytesLeft <= 0 && (segments & ONE_IN - 1) != 0) {
      return;
    }
    ChecksumState found = segment.checksumState();
    segment.noteChecksum(found);
    if (found != ChecksumState.NOT_CAPTURED) {
      bytesLeft -= segment.tcpHeaderLength() + segment.payloadLength();
      verified++;
    }
  }

  /** Returns how many checksums were verified. */
  public long verified() {
    return verified;
  }
}
