package dev.conntrace.chronicle;

/** What one segment changes in one stream; refilled for each segment. */
final class StreamMove {
  /** Up to where the receiver had everything before it. */
  long usableBefore;

  /** Up to where the sender had heard so before it. */
  long ackedBefore;

  /** How much of what became usable with it had waited. */
  long lateBytes;

  /** How long the first of these had waited. */
  long waitedNanos;

  /** Length of the run of segments that it ends with PSH; 0 if it ends none. */
  long pushedBytes;

  /** Prepares for the next segment of the connection. */
  void begin(long usable, long acked) {
    usableBefore = usable;
    ackedBefore = acked;
    lateBytes = 0;
    waitedNanos = 0;
    pushedBytes = 0;
  }
}
