package dev.conntrace.capture;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks zstd data (RFC 8878), all frames of it one after the other.
 *
 * <p>The library holds back as much as the frame's window, and drops it where the frame is damaged.
 * So the beginning of a damaged frame is unpacked once more, as a frame that ends before the
 * damage.
 */
final class ZstdInput extends CompressedInput {
  private final ZstdFrames frames;
  private final InputStream library;
  private InputStream stream = InputStream.nullInputStream();
  private long returnedOfFrame;
  private int attempts;
  private @Nullable IOException fault;

  ZstdInput(CaptureInput compressed) {
    super(compressed, Compression.ZSTD);
    frames = new ZstdFrames(compressed, this);
    library = new ZstdInputStream(frames);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      try {
        int count = stream.read(target, offset, length);
        if (count > 0) {
          returnedOfFrame += count;
          return count;
        }
      } catch (IOException | RuntimeException e) {
        recover(e);
        continue;
      }
      if (fault != null) {
        throw fault;
      }
      if (!frames.open()) {
        return -1;
      }
      stream = library;
      returnedOfFrame = 0;
    }
  }

  /** First with the block that came last, as only the checksum may be wrong; then without it. */
  private void recover(Exception cause) throws IOException {
    IOException reason = fault;
    if (reason == null) {
      reason = cause instanceof IOException cut ? cut : corrupt(words(cause));
      fault = reason;
    }
    for (; attempts < 2; attempts++) {
      InputStream again =
          new ZstdInputStream(new ByteArrayInputStream(frames.soFar(attempts == 0)));
      try {
        again.skipNBytes(returnedOfFrame);
        stream = again;
        attempts++;
        return;
      } catch (IOException | RuntimeException e) {
        // It ends or fails even before.
      }
    }
    throw reason;
  }

  private static String words(Exception cause) {
    String message = String.valueOf(cause.getMessage());
    return message.startsWith("Bad checksum")
        ? "its checksum does not fit"
        : "a block cannot be unpacked";
  }
}
