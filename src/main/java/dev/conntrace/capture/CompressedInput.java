package dev.conntrace.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks what a window over a compressed file holds. Subclasses return everything that can be
 * unpacked before they throw.
 */
abstract class CompressedInput extends InputStream {
  /** The window over the compressed bytes. */
  final CaptureInput compressed;

  private final Compression format;

  CompressedInput(CaptureInput compressed, Compression format) {
    this.compressed = compressed;
    this.format = format;
  }

  /**
   * Unpacks up to {@code length} bytes, waiting only if there is nothing to return.
   *
   * @throws IOException if the data is cut off, corrupt or fails its checksum; everything before
   *     has been returned
   */
  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Makes {@code count} compressed bytes available, or throws {@link #cutOff}. */
  final void require(int count) throws IOException {
    if (!compressed.ensure(count)) {
      throw cutOff();
    }
  }

  /** Steps over {@code count} compressed bytes, or throws {@link #cutOff}. */
  final void skipBytes(long count) throws IOException {
    if (!compressed.skipAcross(count)) {
      throw cutOff();
    }
  }

  /** States that the file ends inside compressed data, or why reading it failed. */
  final IOException cutOff() {
    IOException cause = compressed.failure();
    if (cause != null) {
      return cause;
    }
    long end = compressed.position() + compressed.available();
    return new ZipException("the " + format.words() + " data ends too soon, after byte " + end);
  }

  /** States that the compressed data contradicts itself where the window stands. */
  final ZipException corrupt(@Nullable String reason) {
    return new ZipException(
        "the "
            + format.words()
            + " data is corrupt before byte "
            + compressed.position()
            + (reason == null ? "" : ": " + reason));
  }

  @Override
  public void close() throws IOException {
    compressed.close();
  }
}
