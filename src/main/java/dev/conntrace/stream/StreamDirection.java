package dev.conntrace.stream;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.SegmentPayload.Standing;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts one side's byte stream together. What is next in line is delivered; what is ahead waits
 * until the gap before it is filled or given up.
 *
 * <p>A gap is given up when the other side has acknowledged it (so that nobody will send it again)
 * and {@link #PATIENCE_NANOS} have passed, in which a copy that the capture has in the wrong order
 * could still come; when too much waits behind it; and at the end of the connection.
 */
final class StreamDirection {
  /** How long a copy is waited for that was captured after its acknowledgement. */
  static final long PATIENCE_NANOS = 200_000_000;

  /** What waits at most while it is not known whether the capture's first bytes are the first. */
  private static final int MOST_BEFORE_BEGINNING = 64 << 10;

  private final StreamId id;
  private final OverlapPolicy policy;
  private final StreamBounds bounds;
  private final StreamSink sink;

  // Many sides say nothing. What they do not need is made when it is first changed.
  private HeldPieces held = HeldPieces.NONE;
  private StreamCounter counter = StreamCounter.NONE;

  /** Whether it is settled where the stream begins. */
  private boolean begun;

  private long first;
  private long next;
  private long highest = Long.MIN_VALUE;
  private long waitingSinceNanos;

  private boolean acked;
  private long ackedRel;
  private long ackedFrame;

  /** The position that was acknowledged when no byte had been seen yet. */
  private boolean floorKnown;

  private long floor;

  private long gapAckedFrame;
  private long gapAckedNanos;

  private boolean finKnown;
  private long finRel;
  private boolean ending;

  StreamDirection(StreamId id, OverlapPolicy policy, StreamBounds bounds, StreamSink sink) {
    this.id = id;
    this.policy = policy;
    this.bounds = bounds;
    this.sink = sink;
  }

  /** Returns about how much memory it takes. */
  long cost() {
    return held.cost();
  }

  private HeldPieces ownHeld() {
    if (held == HeldPieces.NONE) {
      held = new HeldPieces(bounds.comparedBytes());
    }
    return held;
  }

  private StreamCounter ownCounter() {
    if (counter == StreamCounter.NONE) {
      counter = new StreamCounter();
    }
    return counter;
  }

  StreamTotals totals() {
    return counter.totals(finKnown);
  }

  /** Takes in a segment that this side sent. */
  void take(SegmentPayload segment) throws IOException {
    if (segment.isSyn()) {
      // Not delivered yet: the SYN itself may bring what an earlier packet was cut short of.
      settleBeginning(1);
    }
    takePayload(segment);
    if (segment.isSyn()) {
      deliver();
    }
  }

  private void takePayload(SegmentPayload segment) throws IOException {
    if (segment.isFin()) {
      long end = segment.firstByteRel() + segment.length();
      finRel = finKnown ? Math.max(finRel, end) : end;
      finKnown = true;
    }
    if (segment.length() == 0) {
      return;
    }
    switch (segment.standing()) {
      case RESET -> setAside(captured(segment), StreamAside.Reason.RESET);
      case KEEP_ALIVE -> setAside(captured(segment), StreamAside.Reason.KEEP_ALIVE);
      case STRAY -> setAside(captured(segment), StreamAside.Reason.STRAY);
      case DAMAGED -> setAside(captured(segment), StreamAside.Reason.DAMAGED);
      case STREAM, DUPLICATE_PACKET, WINDOW_PROBE, DOUBTED -> takeData(segment);
    }
  }

  private void takeData(SegmentPayload segment) throws IOException {
    long start = segment.firstByteRel();
    long end = start + segment.length();
    long capturedEnd = start + segment.capturedLength();
    // A byte at the old end may be the filler of a keep-alive that came too soon to be called so.
    boolean filler = segment.length() == 1 && end == highest;
    boolean comparable = segment.standing() != Standing.WINDOW_PROBE && !filler;
    highest = Math.max(highest, end);
    if (!held.hasWaiting()) {
      waitingSinceNanos = segment.timestampNanos();
    }
    if (capturedEnd > start) {
      place(captured(segment), comparable);
    }
    if (capturedEnd < end) {
      place(
          StreamPiece.missing(
              capturedEnd,
              end,
              StreamGap.Reason.SNAPPED,
              segment.frame(),
              segment.timestampNanos()),
          false);
    }
    deliver();
    keepBound();
  }

  private static StreamPiece captured(SegmentPayload segment) {
    int from = segment.offset();
    return StreamPiece.of(
        segment.firstByteRel(),
        Arrays.copyOfRange(segment.bytes(), from, from + segment.capturedLength()),
        segment.frame(),
        segment.timestampNanos(),
        segment.standing() == Standing.DOUBTED);
  }

  /** Takes note of how far the other side has everything. */
  void acknowledge(long position, long frame) throws IOException {
    if (!floorKnown && !begun && !held.hasWaiting()) {
      floorKnown = true;
      floor = position;
    }
    if (acked && position <= ackedRel) {
      return;
    }
    acked = true;
    ackedRel = position;
    ackedFrame = frame;
    if (held.hasWaiting()) {
      deliver();
    }
  }

  /** Gives up what has been waited for long enough; called for every segment of the connection. */
  void pass(long nowNanos) throws IOException {
    if (!held.hasWaiting()) {
      return;
    }
    if (!begun && isBeginningClear(nowNanos)) {
      beginWithWhatIsThere();
    }
    while (begun && isPatienceOver(nowNanos)) {
      giveUpGap(false);
    }
  }

  /** Nothing that the receiver still lacks can come before what is there. */
  private boolean isBeginningClear(long nowNanos) {
    return (acked && ackedRel >= held.lowest().start())
        || held.waitingCost() > MOST_BEFORE_BEGINNING
        || (isTimed(nowNanos) && nowNanos - waitingSinceNanos >= PATIENCE_NANOS);
  }

  private boolean isPatienceOver(long nowNanos) {
    StreamPiece ahead = gapEnd();
    if (ahead == null || !acked || ackedRel < ahead.start()) {
      return false;
    }
    if (gapAckedFrame == 0) {
      gapAckedFrame = ackedFrame;
      gapAckedNanos = nowNanos;
    }
    return isTimed(nowNanos) && nowNanos - gapAckedNanos >= PATIENCE_NANOS;
  }

  private static boolean isTimed(long nanos) {
    return nanos != SegmentFacts.NO_TIMESTAMP;
  }

  /** Delivers all that is there: nothing more will come. */
  void finish() throws IOException {
    ending = true;
    flush(false);
    if (!begun && floorKnown) {
      begin(floor);
    }
    long end = finKnown ? finRel : ackedRel;
    if (begun && (finKnown || acked) && end > next) {
      tellGap(next, end, false, !finKnown);
      next = end;
    }
  }

  /** Lets all memory go: others need it. */
  void release() throws IOException {
    ownCounter().boundReached();
    flush(true);
    ownHeld().clear();
  }

  private void flush(boolean early) throws IOException {
    if (!begun && held.hasWaiting()) {
      beginWithWhatIsThere();
    }
    while (held.hasWaiting()) {
      goOn(early);
    }
  }

  private void keepBound() throws IOException {
    if (held.waitingCost() <= bounds.waitingBytes()) {
      return;
    }
    ownCounter().boundReached();
    while (held.waitingCost() > bounds.waitingBytes() / 2) {
      if (begun) {
        goOn(true);
      } else {
        beginWithWhatIsThere();
      }
    }
  }

  /** Delivers the next piece although it is not acknowledged, or gives the gap before it up. */
  private void goOn(boolean early) throws IOException {
    StreamPiece piece = held.startingAt(next);
    if (piece == null) {
      giveUpGap(early);
    } else {
      deliver(piece);
      deliver();
    }
  }

  private void beginWithWhatIsThere() throws IOException {
    begin(floorKnown ? Math.min(floor, held.lowest().start()) : held.lowest().start());
  }

  private void begin(long position) throws IOException {
    settleBeginning(position);
    deliver();
  }

  private void settleBeginning(long position) throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    first = position;
    next = position;
    while (held.hasWaiting() && held.lowest().start() < position) {
      StreamPiece before = held.lowest();
      held.drop(before);
      putNew(before);
    }
  }

  private void place(StreamPiece piece, boolean comparable) throws IOException {
    long at = piece.start();
    while (at < piece.end()) {
      StreamPiece known = held.atOrAfter(at);
      long to = piece.end();
      if (known == null || known.start() > at) {
        to = known == null ? to : Math.min(to, known.start());
        putNew(piece.cut(at, to));
      } else {
        to = Math.min(to, known.end());
        meet(known, piece.cut(at, to), comparable);
      }
      at = to;
    }
    if (policy == OverlapPolicy.LAST && piece.isCaptured()) {
      held.join(piece.start(), piece.end(), piece.frame());
    }
  }

  /** Takes bytes whose positions are not held: they wait, or have been delivered long ago. */
  private void putNew(StreamPiece piece) throws IOException {
    if (!begun || piece.start() >= next) {
      ownHeld().add(piece);
      return;
    }
    if (piece.start() < first) {
      setAside(piece.cut(piece.start(), Math.min(piece.end(), first)), StreamAside.Reason.LATE);
    }
    ownCounter().notCompared(Math.min(piece.end(), next) - Math.max(piece.start(), first));
    if (piece.end() > next) {
      ownHeld().add(piece.cut(next, piece.end()));
    }
  }

  /** Takes bytes for positions that {@code known} covers. */
  private void meet(StreamPiece known, StreamPiece piece, boolean comparable) throws IOException {
    if (!piece.isCaptured()) {
      return;
    }
    boolean delivered = begun && known.end() <= next;
    if (!known.isCaptured()) {
      if (delivered) {
        setAside(piece, StreamAside.Reason.LATE);
      } else {
        held.replace(known, piece);
      }
      return;
    }
    boolean goodWins = known.isDoubted() != piece.isDoubted();
    boolean keepsFirst =
        delivered || (goodWins ? piece.isDoubted() : policy == OverlapPolicy.FIRST);
    StreamPiece same = known.cut(piece.start(), piece.end());
    StreamConflict conflict =
        !comparable
            ? null
            : keepsFirst
                ? StreamConflict.between(id, same, piece)
                : StreamConflict.between(id, piece, same);
    if (conflict == null) {
      if (goodWins && !keepsFirst) {
        held.replace(known, piece);
      }
      return;
    }
    ownCounter().conflict();
    sink.conflict(conflict);
    if (!keepsFirst) {
      held.replace(known, piece);
    }
  }

  private void deliver() throws IOException {
    StreamPiece piece = begun ? held.startingAt(next) : null;
    while (piece != null && isReleased(piece)) {
      deliver(piece);
      piece = held.startingAt(next);
    }
  }

  /** What a wrong checksum speaks against may come again, until it is acknowledged. */
  private boolean isReleased(StreamPiece piece) {
    boolean settled = policy == OverlapPolicy.FIRST && !piece.isDoubted();
    return settled || ending || (acked && ackedRel >= piece.end());
  }

  private void deliver(StreamPiece piece) throws IOException {
    next = piece.end();
    gapAckedFrame = 0;
    held.deliver(piece);
    StreamGap.Reason missing = piece.missing();
    if (missing == null) {
      ownCounter().delivered(piece.length());
      sink.chunk(id, piece);
    } else {
      ownCounter().gap(piece.length());
      sink.gap(
          new StreamGap(id, piece.start(), piece.end(), missing, piece.frame(), 0, false, false));
    }
  }

  /** Returns the first piece behind a gap at {@link #next}; null if there is no gap. */
  private @Nullable StreamPiece gapEnd() {
    StreamPiece ahead = held.atOrAfter(next);
    return ahead == null || ahead.start() == next ? null : ahead;
  }

  private void giveUpGap(boolean early) throws IOException {
    StreamPiece ahead = gapEnd();
    if (ahead == null) {
      throw new IllegalStateException("no gap at " + next);
    }
    tellGap(next, ahead.start(), early, false);
    StreamPiece gap =
        StreamPiece.missing(
            next, ahead.start(), StreamGap.Reason.NOT_CAPTURED, 0, SegmentFacts.NO_TIMESTAMP);
    held.add(gap);
    held.deliver(gap);
    next = ahead.start();
    gapAckedFrame = 0;
    deliver();
  }

  /** Tells of a gap: of what is acknowledged, and then of what is not. */
  private void tellGap(long start, long end, boolean early, boolean mayIncludeFin)
      throws IOException {
    boolean acknowledged = acked && ackedRel > start;
    if (acknowledged && ackedRel < end) {
      tellGap(start, ackedRel, early, false);
      tellGap(ackedRel, end, early, mayIncludeFin);
      return;
    }
    long frame = gapAckedFrame != 0 ? gapAckedFrame : ackedFrame;
    ownCounter().gap(end - start);
    sink.gap(
        new StreamGap(
            id,
            start,
            end,
            StreamGap.Reason.NOT_CAPTURED,
            0,
            acknowledged ? frame : 0,
            early,
            mayIncludeFin));
  }

  private void setAside(StreamPiece piece, StreamAside.Reason reason) throws IOException {
    if (piece.isCaptured() && piece.length() > 0) {
      ownCounter().aside(piece.length());
      sink.aside(new StreamAside(id, piece, reason));
    }
  }
}
