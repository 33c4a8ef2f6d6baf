package dev.conntrace.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one stream that are in memory: a run of delivered ones, which later copies are
 * compared with, and those that wait. No two overlap.
 *
 * <pre>
 *   delivered (the last of it)     gap       waiting
 *   [....][..][.......]                      [....][...]      [....]
 *                      ^ next
 * </pre>
 */
final class HeldPieces {
  /** Of a stream of which nothing has come; never changed. */
  static final HeldPieces NONE = new HeldPieces(0);

  private static final int MOST_DELIVERED_PIECES = 8192;

  private final TreeMap<Long, StreamPiece> pieces = new TreeMap<>();
  private final long comparedBytes;
  private long waitingCost;
  private long deliveredCost;
  private long deliveredBytes;
  private int deliveredPieces;

  /**
   * Prepares to hold.
   *
   * @param comparedBytes how many delivered bytes to keep
   */
  HeldPieces(long comparedBytes) {
    this.comparedBytes = comparedBytes;
  }

  boolean hasWaiting() {
    return waitingCost > 0;
  }

  /** Returns about how much memory what waits takes. */
  long waitingCost() {
    return waitingCost;
  }

  /** Returns about how much memory everything takes. */
  long cost() {
    return waitingCost + deliveredCost;
  }

  /** Returns the piece with the lowest positions; there must be one. */
  StreamPiece lowest() {
    return pieces.firstEntry().getValue();
  }

  /** Returns the piece that begins at a position; null if none does. */
  @Nullable StreamPiece startingAt(long position) {
    return pieces.get(position);
  }

  /** Returns the piece that covers a position, else the first one beyond it; null if none is. */
  @Nullable StreamPiece atOrAfter(long position) {
    Map.Entry<Long, StreamPiece> before = pieces.floorEntry(position);
    if (before != null && before.getValue().end() > position) {
      return before.getValue();
    }
    Map.Entry<Long, StreamPiece> after = pieces.higherEntry(position);
    return after == null ? null : after.getValue();
  }

  /** Lets a piece wait. No other may cover its positions. */
  void add(StreamPiece piece) {
    pieces.put(piece.start(), piece);
    waitingCost += piece.cost();
  }

  /** Puts {@code part} in the place of the positions that it shares with {@code waiting}. */
  void replace(StreamPiece waiting, StreamPiece part) {
    drop(waiting);
    if (waiting.start() < part.start()) {
      add(waiting.cut(waiting.start(), part.start()));
    }
    if (part.end() < waiting.end()) {
      add(waiting.cut(part.end(), waiting.end()));
    }
    add(part);
  }

  /**
   * Makes one piece of those from {@code from} to {@code to} that lie side by side and that {@code
   * frame} brought, none of which may be delivered: later copies then meet few pieces, however
   * often positions come again.
   */
  void join(long from, long to, long frame) {
    StreamPiece at = atOrAfter(from);
    while (at != null && at.start() < to) {
      StreamPiece joined = at;
      if (at.frame() == frame && at.isCaptured()) {
        List<StreamPiece> run = runFrom(at);
        if (run.size() > 1) {
          run.forEach(this::drop);
          joined = StreamPiece.joined(run);
          add(joined);
        }
      }
      at = atOrAfter(joined.end());
    }
  }

  private List<StreamPiece> runFrom(StreamPiece first) {
    List<StreamPiece> run = new ArrayList<>();
    StreamPiece piece = first;
    while (piece != null && piece.frame() == first.frame() && piece.isCaptured()) {
      run.add(piece);
      piece = pieces.get(piece.end());
    }
    return run;
  }

  /** Takes a piece that waits out. */
  void drop(StreamPiece waiting) {
    pieces.remove(waiting.start());
    waitingCost -= waiting.cost();
  }

  /** Counts a piece that waited as delivered, and lets the oldest ones go. */
  void deliver(StreamPiece piece) {
    waitingCost -= piece.cost();
    deliveredCost += piece.cost();
    deliveredBytes += piece.bytes().length;
    deliveredPieces++;
    while (deliveredBytes > comparedBytes || deliveredPieces > MOST_DELIVERED_PIECES) {
      StreamPiece oldest = pieces.pollFirstEntry().getValue();
      deliveredCost -= oldest.cost();
      deliveredBytes -= oldest.bytes().length;
      deliveredPieces--;
    }
  }

  /** Lets everything go; nothing may wait. */
  void clear() {
    pieces.clear();
    waitingCost = 0;
    deliveredCost = 0;
    deliveredBytes = 0;
    deliveredPieces = 0;
  }
}
