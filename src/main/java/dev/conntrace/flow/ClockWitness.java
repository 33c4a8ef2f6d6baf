package dev.conntrace.flow;

import dev.conntrace.wire.TcpOptions;

/**
 * What the sender of a segment knows of a jump of the capture's clock: how much time has passed for
 * itself since its last segment before it.
 */
final class ClockWitness {
  /** What a segment says of the jump. */
  enum Word {
    BEARS_OUT,
    CONTRADICTS,
    KNOWS_NOTHING
  }

  /** The slowest clock that RFC 7323 5.4 allows ticks once a second. */
  private static final long SLOWEST_TICK_NANOS = 1_000_000_000;

  /** Fewer ticks, or a shorter time, do not tell how fast a clock goes. */
  private static final int LEAST_TICKS = 8;

  private static final long LEAST_HISTORY_NANOS = 100_000_000;

  private static final long LEAST_SILENCE_NANOS = 3_000_000_000L;

  private long frame;
  private long stepNanos;

  /** Begins with the segment {@code frame}, whose time lies {@code stepNanos} after the last. */
  void begin(long frame, long stepNanos) {
    this.frame = frame;
    this.stepNanos = stepNanos;
  }

  /** Asks the sender of a segment. */
  Word ask(FlowSegment segment) {
    SendLedger sent = segment.sender().ledger();
    long last = sent.size() - 1;
    if (last < sent.first() || sent.frame(last) >= frame) {
      return Word.KNOWS_NOTHING;
    }
    long elapsed = segment.timeNanos() - sent.timeNanos(last);
    if (Math.abs(elapsed) > 2 * Math.abs(stepNanos)) {
      // It was silent for so long that its clock's error is larger than the step.
      return Word.KNOWS_NOTHING;
    }
    if (segment.segment().options().hasTimestamps() && sent.timestampValue(last) != 0) {
      Word word = byTimestamps(segment.segment().options(), sent, last, elapsed);
      if (word != Word.KNOWS_NOTHING) {
        return word;
      }
    }
    return stepNanos < 0 ? byNews(segment, elapsed) : bySilence(segment);
  }

  private Word byTimestamps(TcpOptions options, SendLedger sent, long last, long elapsed) {
    int ticks = options.timestampValue() - sent.timestampValue(last);
    long tick = tickNanos(sent, last);
    if (tick == 0) {
      // However slow the clock, it would have gone on by more.
      boolean stoodStill = ticks >= 0 && (ticks + 1L) * SLOWEST_TICK_NANOS < stepNanos / 2;
      return stoodStill ? Word.CONTRADICTS : Word.KNOWS_NOTHING;
    }
    long error = ticks * tick - elapsed;
    long half = Math.abs(stepNanos) / 2;
    if (tick > half) {
      return Word.KNOWS_NOTHING;
    }
    return Math.abs(error) > half ? Word.CONTRADICTS : Word.BEARS_OUT;
  }

  /** How long a tick of the sender's clock was before the jump; 0 where that does not show. */
  private static long tickNanos(SendLedger sent, long last) {
    long first = sent.first();
    int ticks = sent.timestampValue(last) - sent.timestampValue(first);
    long elapsed = sent.timeNanos(last) - sent.timeNanos(first);
    return ticks >= LEAST_TICKS && elapsed >= LEAST_HISTORY_NANOS ? elapsed / ticks : 0;
  }

  /** News cannot be older than what its sender sent before it. */
  private static Word byNews(FlowSegment segment, long elapsed) {
    Endpoint sender = segment.sender();
    boolean sendsNews = segment.length() > 0 && segment.seqRel() == sender.nxt();
    boolean acknowledgesNews =
        segment.isAck()
            && sender.announcement().isKnown()
            && segment.ackRel() > sender.announcement().ack();
    if (elapsed > -CaptureClock.LEAST_BACK_NANOS || !(sendsNews || acknowledgesNews)) {
      return Word.KNOWS_NOTHING;
    }
    return Word.CONTRADICTS;
  }

  /**
   * Who waits for an acknowledgement repeats itself when its timer fires (RFC 6298 5). If it did
   * not, that much time had not passed. Only where the capture shows everything that was sent, and
   * the acknowledgement alone: some captures leave those out.
   */
  private Word bySilence(FlowSegment segment) {
    Endpoint waits = segment.receiver();
    boolean answered = segment.isPureAck() && segment.ackRel() > waits.una();
    boolean whole = segment.ackRel() <= waits.nxt() && !waits.seen().hasHoles();
    long patience = Math.max(LEAST_SILENCE_NANOS, 4 * waits.rtt().timeoutNanos());
    if (!answered || !whole || !waits.rtt().isKnown() || stepNanos < patience) {
      return Word.KNOWS_NOTHING;
    }
    SendLedger sent = waits.ledger();
    boolean silent = sent.size() > sent.first() && sent.frame(sent.size() - 1) < frame;
    return silent ? Word.CONTRADICTS : Word.KNOWS_NOTHING;
  }
}
