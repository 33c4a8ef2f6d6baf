package dev.conntrace.trace;

import dev.conntrace.wire.TcpFlags;

/**
 * Writes a segment on one line, after packetdrill's habit: {@code +.010 > P. 1:11(10) ack 1 win
 * 512}.
 *
 * <p>{@code >} goes from client to server, {@code <} back; ACK is {@code .}; positions are
 * relative; {@code win} is the raw field; the time is seconds since the line before. What this
 * prints, the script parser of the tests reads.
 */
public final class SegmentNotation {
  private static final int NANOS_PER_MICRO = 1000;

  private SegmentNotation() {}

  /** Returns the segment's line; {@code sinceNanos} is the time since the line before. */
  public static String of(SegmentFacts segment, long sinceNanos) {
    StringBuilder line = new StringBuilder(64);
    appendSince(line, sinceNanos);
    line.append(segment.from() == Side.CLIENT ? " > " : " < ")
        .append(flags(segment.flags()))
        .append(' ');
    line.append(segment.seqRel()).append(':').append(segment.seqRel() + sequenceLength(segment));
    line.append('(').append(segment.length()).append(')');
    if (segment.has(TcpFlags.ACK)) {
      line.append(" ack ").append(segment.ackRel());
    }
    line.append(" win ").append(segment.windowField());
    appendOptions(line, segment.options());
    return line.toString();
  }

  private static int sequenceLength(SegmentFacts segment) {
    return segment.length()
        + (segment.has(TcpFlags.SYN) ? 1 : 0)
        + (segment.has(TcpFlags.FIN) ? 1 : 0);
  }

  private static void appendSince(StringBuilder line, long sinceNanos) {
    long micros = Math.abs(sinceNanos / NANOS_PER_MICRO);
    line.append(sinceNanos < 0 ? '-' : '+').append(micros / 1_000_000).append('.');
    String fraction = Long.toString(micros % 1_000_000);
    line.append("0".repeat(6 - fraction.length())).append(fraction);
  }

  /**
   * Returns the control bits as the notation writes them: {@code S.}, {@code P.}, {@code F.};
   * {@code -} for none.
   */
  public static String flags(int flags) {
    StringBuilder text = new StringBuilder(4);
    String letters = TcpFlags.letters(flags & ~TcpFlags.ACK);
    text.append(letters);
    if ((flags & TcpFlags.ACK) != 0) {
      text.append('.');
    }
    return text.length() == 0 ? "-" : text.toString();
  }

  private static void appendOptions(StringBuilder line, SegmentOptions options) {
    StringBuilder list = new StringBuilder();
    options.mssBytes().ifPresent(mss -> add(list, "mss " + mss));
    if (options.sackPermitted()) {
      add(list, "sackOK");
    }
    if (options.timestampValue().isPresent()) {
      add(
          list,
          "TS val "
              + options.timestampValue().getAsLong()
              + " ecr "
              + options.timestampEcho().orElse(0));
    }
    options.windowScale().ifPresent(scale -> add(list, "wscale " + scale));
    if (!options.sackBlocks().isEmpty()) {
      StringBuilder blocks = new StringBuilder("sack");
      for (SackBlock block : options.sackBlocks()) {
        blocks.append(' ').append(block.left()).append(':').append(block.right());
      }
      add(list, blocks.toString());
    }
    if (list.length() > 0) {
      line.append(" <").append(list).append('>');
    }
  }

  private static void add(StringBuilder list, String option) {
    list.append(list.length() == 0 ? "" : ",").append(option);
  }
}
