package dev.conntrace.expect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One side's bytes, as far as a comparison needs them: a digest of all, and the first as they are,
 * to tell where two differ.
 */
final class DiffStream {
  /** How many bytes are kept. */
  static final int MOST_KEPT = 16 << 10;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private @Nullable MessageDigest running;
  private byte[] digest = {};
  private byte[] head = {};
  private boolean keeps = true;
  private long first = 1;
  private long bytes;
  private long missing;

  /** Takes the next bytes. */
  void add(long start, byte[] piece) {
    if (bytes == 0 && missing == 0) {
      first = start;
    }
    bytes += piece.length;
    digest().update(piece);
    if (keeps) {
      int room = MOST_KEPT - kept.size();
      kept.write(piece, 0, Math.min(room, piece.length));
      keeps = piece.length < room;
    }
  }

  /** Takes note that the next bytes are missing. */
  void addGap(long start, long end) {
    missing += end - start;
    keeps = false;
    digest().update(ByteBuffer.allocate(16).putLong(start).putLong(end).flip());
  }

  /** Ends it: from here on it can be compared. */
  void finish() {
    if (running != null) {
      digest = running.digest();
      running = null;
    }
    head = kept.toByteArray();
  }

  private MessageDigest digest() {
    MessageDigest open = running;
    if (open == null) {
      try {
        open = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
      running = open;
    }
    return open;
  }

  boolean isEmpty() {
    return bytes == 0 && missing == 0;
  }

  long bytes() {
    return bytes;
  }

  long missing() {
    return missing;
  }

  /** Returns the first bytes without a gap, at most {@link #MOST_KEPT}. */
  byte[] head() {
    return head;
  }

  /** Returns the position of the first byte. */
  long start() {
    return first;
  }

  /** Returns the position behind the kept bytes. */
  long headEnd() {
    return first + head.length;
  }

  /** Returns the byte at a position that is kept. */
  int byteAt(long position) {
    return head[(int) (position - first)] & 0xff;
  }

  /** Returns whether both hold the same bytes at the same places. */
  boolean isSameAs(DiffStream other) {
    return bytes == other.bytes
        && missing == other.missing
        && first == other.first
        && Arrays.equals(digest, other.digest);
  }

  /** Returns a number that is the same for streams that are. */
  long fingerprint() {
    return digest.length == 0 ? 0 : ByteBuffer.wrap(digest).getLong();
  }

  /**
   * Returns up to which position both are known to be the same: that of the first byte in which
   * they differ, or behind what is kept; {@link Long#MAX_VALUE} if they are the same throughout.
   */
  long sameUpTo(DiffStream other) {
    if (isSameAs(other)) {
      return Long.MAX_VALUE;
    }
    if (first != other.first) {
      return Math.min(first, other.first);
    }
    int at = Arrays.mismatch(head, other.head);
    return first + (at < 0 ? head.length : at);
  }
}
