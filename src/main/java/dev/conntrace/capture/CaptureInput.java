package dev.conntrace.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A window over a stream that is read once, front to back: what {@link #ensure} promised lies in
 * one piece at {@code bytes()[at()]}, so that a packet is a slice of the window and never copied.
 *
 * <p>What has been {@linkplain #skip skipped} stays where it is until the next call of {@code
 * ensure}. A stream that fails ends here like one that stops; {@link #isAtEnd} tells the two apart,
 * and {@link #damaged} puts the reason into its message.
 */
final class CaptureInput implements Closeable {
  /** Large enough for few system calls, small enough to stay in the processor's cache. */
  private static final int WINDOW_BYTES = 256 * 1024;

  /**
   * The most bytes of one packet that a record may hold. Real packets end at 262,144 bytes for all
   * but a few capture types; a length beyond this limit is damage, and must not cost memory.
   */
  static final int MAX_CAPTURED_BYTES = 16 * 1024 * 1024;

  private final String path;
  private final InputStream stream;
  private final @Nullable CaptureInput compressed;
  private final Compression compression;
  private byte[] bytes;
  private int at;
  private int end;
  private long positionOfFirst;
  private boolean ended;
  private @Nullable IOException failure;

  /**
   * Opens a window at the start of a stream, reading nothing yet.
   *
   * @param path the capture as the user named it, for messages
   */
  CaptureInput(String path, InputStream stream) {
    this(path, stream, null, Compression.NONE, WINDOW_BYTES);
  }

  private CaptureInput(
      String path,
      InputStream stream,
      @Nullable CaptureInput compressed,
      Compression compression,
      int windowBytes) {
    this.path = path;
    this.stream = stream;
    this.compressed = compressed;
    this.compression = compression;
    this.bytes = new byte[windowBytes];
  }

  /** Returns a window over what the data in {@code packed} unpacks to. */
  static CaptureInput unpacking(CaptureInput packed, Compression compression) {
    return new CaptureInput(
        packed.path, compression.unpack(packed), packed, compression, packed.bytes.length);
  }

  /**
   * Makes the next {@code count} bytes available in one piece, waiting for them if need be; may
   * move the bytes to another place or array.
   *
   * @return false if the stream ends or fails before that; what there is stays available
   */
  boolean ensure(int count) {
    return end - at >= count || fill(count);
  }

  private boolean fill(int count) {
    moveToFront();
    while (end - at < count && !ended) {
      // Grows only by what has really come, so that a length that lies costs no memory.
      if (end == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      readMore();
    }
    return end - at >= count;
  }

  private void moveToFront() {
    System.arraycopy(bytes, at, bytes, 0, end - at);
    positionOfFirst += at;
    end -= at;
    at = 0;
  }

  private void readMore() {
    try {
      int read = stream.read(bytes, end, bytes.length - end);
      if (read < 0) {
        ended = true;
      } else {
        end += read;
      }
    } catch (IOException e) {
      ended = true;
      failure = e;
    }
  }

  /** Steps over {@code count} bytes, which must be available. */
  void skip(int count) {
    at += count;
  }

  /**
   * Steps over {@code count} bytes, available or not, without keeping them.
   *
   * @return false if the stream ends or fails before that
   */
  boolean skipAcross(long count) {
    long left = count;
    while (left > end - at) {
      left -= end - at;
      at = end;
      if (!ensure(1)) {
        return false;
      }
    }
    at += (int) left;
    return true;
  }

  /** Returns the array that holds the window; another one after {@link #ensure}. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the index of the next byte in {@link #bytes()}. */
  int at() {
    return at;
  }

  /** Returns how many bytes lie in the window from {@link #at()} on. */
  int available() {
    return end - at;
  }

  /** Returns how many bytes lie before {@link #at()} in the (unpacked) stream. */
  long position() {
    return positionOfFirst + at;
  }

  /** Returns why the stream (or its compression) broke; null as long as it has not. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Returns whether the stream came to its end and every byte of it has been skipped. */
  boolean isAtEnd() {
    return end == at && ended && failure == null;
  }

  /** Returns how the file is compressed, as the end of a list: {@code , gzip}, or nothing. */
  String compressionWords() {
    return compression == Compression.NONE ? "" : ", " + compression.words();
  }

  /** Returns how many bytes have been read from the file itself, before unpacking. */
  long fileBytesRead() {
    return compressed != null ? compressed.fileBytesRead() : positionOfFirst + end;
  }

  /**
   * States that the capture is damaged. Where the stream itself broke, that is the fault and {@code
   * fault} only its consequence.
   *
   * @param offset where the damaged record begins
   * @param frame how many whole records came before it
   */
  CaptureException damaged(String fault, long offset, long frame) {
    IOException cause = failure;
    if (cause == null) {
      return new CaptureException(path, fault, offset, frame);
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new CaptureException(path, "reading broke off: " + reason, offset, frame);
  }

  /** States that this is no capture at all. */
  CaptureException notCapture(String fault) {
    return failure != null ? damaged(fault, position(), 0) : new CaptureException(path, fault);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
