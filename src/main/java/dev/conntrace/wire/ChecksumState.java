package dev.conntrace.wire;

/** What a TCP checksum says of its segment (RFC 9293 3.1). */
public enum ChecksumState {
  /** It fits the pseudo-header, header and payload. */
  VALID,
  /**
   * It holds only the pseudo-header's sum: the kernel left the rest to the network card, as it
   * always does on loopback. Says nothing against the segment.
   */
  PARTIAL,
  /** It fits neither way. */
  BAD,
  /** The capture does not hold the whole segment, so it cannot be checked. */
  NOT_CAPTURED,
  /** Nobody looked. */
  NOT_VERIFIED
}
