package dev.conntrace.flow;

/**
 * How a {@link SendLedger} writes a segment down: five numbers side by side, so that looking at one
 * touches one line of the processor's cache or two, and half a million short connections fit into
 * memory.
 */
final class LedgerEntry {
  static final int START = 0;
  static final int TIME = 1;

  /** 40 bits of frame, 16 of IP identification, 8 of hop limit. */
  static final int FRAME_AND_IP = 2;

  /** 32 bits each of length in sequence space and timestamp value. */
  static final int LENGTH_AND_TIMESTAMP = 3;

  /** 32 bits of acknowledgement number, 7 of {@link LedgerMarks}, 9 of flags, 16 of window. */
  static final int ACK_AND_WINDOW = 4;

  static final int NUMBERS = 5;

  private LedgerEntry() {}

  /** Writes a segment down from {@code at} on; marks are joined to the last number. */
  static void write(FlowSegment segment, int marks, long[] entries, int at) {
    entries[at + START] = segment.seqRel();
    entries[at + TIME] = segment.timeNanos();
    entries[at + FRAME_AND_IP] =
        segment.frame() << 24 | segment.segment().ipId() << 8 | segment.segment().hopLimit();
    entries[at + LENGTH_AND_TIMESTAMP] = lengthAndTimestamp(segment);
    entries[at + ACK_AND_WINDOW] = ackAndWindow(segment) | LedgerMarks.inPlace(marks);
  }

  /**
   * Returns whether a segment equals an entry in all that its sender wrote but the payload:
   * positions, ack, flags, window, timestamp.
   */
  static boolean isSame(FlowSegment segment, long[] entries, int at) {
    return entries[at + START] == segment.seqRel()
        && LedgerMarks.without(entries[at + ACK_AND_WINDOW]) == ackAndWindow(segment)
        && entries[at + LENGTH_AND_TIMESTAMP] == lengthAndTimestamp(segment);
  }

  private static long lengthAndTimestamp(FlowSegment segment) {
    return (segment.endRel() - segment.seqRel()) << 32
        | Integer.toUnsignedLong(segment.segment().options().timestampValue());
  }

  private static long ackAndWindow(FlowSegment segment) {
    return (long) segment.segment().ack() << 32
        | segment.segment().flags() << 16
        | segment.segment().windowField();
  }
}
