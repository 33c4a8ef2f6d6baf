package dev.conntrace.decode;

import dev.conntrace.wire.ChecksumState;

/** Verifies TCP checksums. */
final class TcpChecksum {
  private TcpChecksum() {}

  static ChecksumState verify(Segment segment) {
    return ChecksumState.NOT_CAPTURED;
  }
}
