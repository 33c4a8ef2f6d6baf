package dev.conntrace.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One unpacked LZ4 block, and before it the 64 KB that it may refer to (LZ4 block format).
 *
 * <pre>
 * sequence: token (high half: how many literals, low half: length of the match - 4; 15: more bytes follow)
 *           literals, offset of the match back from here (2 bytes, the lowest first)
 * </pre>
 *
 * The last sequence is literals alone.
 */
final class Lz4Block {
  private static final int HISTORY_BYTES = 64 << 10;
  private static final int MIN_MATCH = 4;
  private static final int MORE_FOLLOWS = 15;

  private byte[] bytes = new byte[2 * HISTORY_BYTES];
  private int start;
  private int end;
  private int taken;

  /** Forgets what came before. */
  void begin() {
    start = 0;
    end = 0;
    taken = 0;
  }

  /** Returns the array that holds the unpacked block. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns where in {@link #bytes()} the block begins. */
  int start() {
    return start;
  }

  /** Returns how many bytes the block has. */
  int length() {
    return end - start;
  }

  /** Hands out up to {@code length} bytes of the block; 0 if it is used up. */
  int take(byte[] target, int offset, int length) {
    int count = Math.min(length, end - taken);
    System.arraycopy(bytes, taken, target, offset, count);
    taken += count;
    return count;
  }

  /** Takes over a block that was not packed. */
  void copy(byte[] packed, int at, int length) {
    moveHistory();
    makeRoom(length);
    System.arraycopy(packed, at, bytes, end, length);
    end += length;
  }

  /**
   * Unpacks the next block. What there is before a fault is kept.
   *
   * @param mostBytes how many bytes the block may have
   * @return what is wrong; null if nothing
   */
  @Nullable String unpack(byte[] packed, int at, int length, int mostBytes) {
    moveHistory();
    int limit = at + length;
    int most = start + mostBytes;
    int next = at;
    while (next < limit) {
      int token = packed[next++] & 0xFF;
      int literals = token >>> 4;
      if (literals == MORE_FOLLOWS) {
        int more;
        do {
          more = next < limit ? packed[next++] & 0xFF : 0;
          literals += more;
        } while (more == 0xFF && literals <= mostBytes);
      }
      int present = Math.min(literals, limit - next);
      if (present > most - end) {
        return "a block is larger than it may be";
      }
      makeRoom(present);
      System.arraycopy(packed, next, bytes, end, present);
      end += present;
      next += present;
      if (present < literals) {
        return "a block ends inside its literals";
      }
      if (next == limit) {
        return null;
      }
      if (limit - next < 2) {
        return "a block ends inside an offset";
      }
      int offset = FieldOrder.LITTLE_ENDIAN.u16(packed, next);
      next += 2;
      int match = token & 0xF;
      if (match == MORE_FOLLOWS) {
        int more;
        do {
          more = next < limit ? packed[next++] & 0xFF : 0;
          match += more;
        } while (more == 0xFF && match <= mostBytes);
      }
      match += MIN_MATCH;
      if (offset == 0 || offset > end) {
        return "a block refers to what was before the beginning";
      }
      if (match > most - end) {
        return "a block is larger than it may be";
      }
      makeRoom(match);
      repeat(offset, match);
    }
    return length == 0 ? "a block is empty" : null;
  }

  /** Appends {@code length} bytes from {@code offset} bytes before; the two may overlap. */
  private void repeat(int offset, int length) {
    int from = end - offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, end - from);
      System.arraycopy(bytes, from, bytes, end, count);
      end += count;
      left -= count;
    }
  }

  private void moveHistory() {
    int history = Math.min(HISTORY_BYTES, end);
    System.arraycopy(bytes, end - history, bytes, 0, history);
    start = history;
    end = history;
    taken = history;
  }

  /** Grows by what has really been unpacked, so that a size that lies costs no memory. */
  private void makeRoom(int count) {
    if (count > bytes.length - end) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + count));
    }
  }
}
