package dev.conntrace.expect;

import dev.conntrace.stream.StreamPiece;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One direction's bytes in order, each once: how many, their digest, and the first of them. */
public final class RecordedStream {
  /** Stands for bytes that were not asked for. */
  static final RecordedStream NONE = new RecordedStream(0);

  private static final int NO_FRAME = 0;

  private final int mostBytes;
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private final MessageDigest digest;
  private long length;
  private long gapBytes;
  private long gapAt;
  private long firstFrame = NO_FRAME;
  private String sha256 = "";

  /** Begins with nothing, and keeps up to {@code mostBytes} bytes. */
  RecordedStream(int mostBytes) {
    this.mostBytes = mostBytes;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes the next bytes; returns how many of them it keeps, {@code most} at most. */
  int add(StreamPiece piece, long most) {
    byte[] bytes = piece.bytes();
    if (firstFrame == NO_FRAME) {
      firstFrame = piece.frame();
    }
    length += bytes.length;
    digest.update(bytes);
    long room = gapBytes > 0 || first.size() < length - bytes.length ? 0 : mostBytes - first.size();
    int kept = (int) Math.min(bytes.length, Math.min(room, most));
    first.write(bytes, 0, kept);
    return kept;
  }

  /** Takes note that bytes are missing. */
  void addGap(long bytes) {
    if (gapBytes == 0) {
      gapAt = length + 1;
    }
    gapBytes += bytes;
  }

  /** Ends the stream. */
  void end() {
    sha256 = HexFormat.of().formatHex(digest.digest());
  }

  /** Returns whether the bytes were asked for; if not, nothing is known of them. */
  public boolean isRecorded() {
    return this != NONE;
  }

  /** Returns how many bytes the capture holds of it. */
  public long length() {
    return length;
  }

  /** Returns how many bytes are missing in it. */
  public long gapBytes() {
    return gapBytes;
  }

  /** Returns the position of the first missing byte, from 1; 0 if none is missing. */
  public long gapAt() {
    return gapAt;
  }

  /** Returns the first bytes, up to the bound or to the first gap. */
  public byte[] firstBytes() {
    return first.toByteArray();
  }

  /** Returns whether {@link #firstBytes} are all bytes there are. */
  public boolean isWhole() {
    return gapBytes == 0 && first.size() == length;
  }

  /** Returns the SHA-256 of all its bytes in lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Returns the frame that brought the first byte; 0 if none did. */
  public long firstFrame() {
    return firstFrame;
  }
}
