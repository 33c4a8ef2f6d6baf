package dev.conntrace.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is still being written: read to where its writer has come, then looked at again and
 * again. It ends when it is {@linkplain #stop stopped}, and fails when it is no longer the file
 * that it was.
 */
public final class GrowingFile extends InputStream {
  /** Never to stop by itself. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final long POLL_MILLIS = 100;
  private static final long QUIET_NANOS = 500_000_000;
  private static final long BUSY_NANOS = 1_000_000_000;

  private final Path path;
  private final FileChannel channel;
  private final @Nullable Object identity;
  private final long idleExitNanos;
  private final Runnable beforeWaiting;
  private @Nullable GrowthListener listener;
  private long position;
  private long grownAt = System.nanoTime();
  private long toldAt = grownAt;
  private boolean toldQuiet;
  private boolean ended;
  private volatile boolean stopped;

  /**
   * Opens the file.
   *
   * @param idleExitNanos after how long without growth to stop
   * @param beforeWaiting is run each time before this waits for the file to grow
   */
  public GrowingFile(Path path, long idleExitNanos, Runnable beforeWaiting) throws IOException {
    this.path = path;
    this.idleExitNanos = idleExitNanos;
    this.beforeWaiting = beforeWaiting;
    channel = FileChannel.open(path);
    identity = identityOf(path);
  }

  /** Says who is to be told whether the file grows. */
  void setListener(GrowthListener listener) {
    this.listener = listener;
  }

  /** Ends the file where it then is; may be called by another thread. */
  public void stop() {
    stopped = true;
  }

  /** Returns whether the reader was told that the file ends, because it was stopped. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, start, length);
    tellBusy();
    while (true) {
      int count = channel.read(buffer);
      if (count > 0) {
        position += count;
        grownAt = System.nanoTime();
        toldQuiet = false;
        return count;
      }
      if (stopped || System.nanoTime() - grownAt >= idleExitNanos) {
        ended = true;
        return -1;
      }
      requireSameFile();
      await();
    }
  }

  private void tellBusy() {
    if (listener != null && System.nanoTime() - toldAt >= BUSY_NANOS) {
      toldAt = System.nanoTime();
      listener.onBusy();
    }
  }

  private void await() throws IOException {
    if (listener != null && !toldQuiet && System.nanoTime() - grownAt >= QUIET_NANOS) {
      toldQuiet = true;
      toldAt = System.nanoTime();
      listener.onQuiet();
    }
    beforeWaiting.run();
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  private void requireSameFile() throws IOException {
    long size = channel.size();
    if (size < position) {
      throw new IOException(
          "the file was " + position + " bytes long and is now " + size + ": it was written anew");
    }
    if (!Objects.equals(identity, identityOf(path))) {
      throw new IOException("another file has taken its place");
    }
  }

  private static @Nullable Object identityOf(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      throw new IOException("the file was removed or renamed", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
