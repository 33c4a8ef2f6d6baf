package dev.conntrace.cli;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * What came through a pipe, kept in a temporary file so that it can be read more than once. The
 * file has no name any more by the time that the first byte is in it: whatever happens to this
 * process, nothing stays behind.
 */
final class Spool implements Closeable {
  private static final int CHUNK_BYTES = 256 * 1024;

  private final FileChannel channel;

  private Spool(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Reads a stream to its end.
   *
   * @throws IOException if the stream cannot be read or the temporary file not be written
   */
  static Spool of(InputStream stream, Progress progress) throws IOException {
    Spool spool = empty();
    try {
      byte[] chunk = new byte[CHUNK_BYTES];
      int count;
      while ((count = stream.read(chunk)) >= 0) {
        spool.append(chunk, 0, count);
        progress.reached(spool.channel.position(), 0);
      }
      return spool;
    } catch (IOException e) {
      spool.close();
      throw e;
    }
  }

  /**
   * Makes one with nothing in it.
   *
   * @throws IOException if there is no room for temporary files
   */
  static Spool empty() throws IOException {
    // Unix unlinks a file that is to be deleted on closing as soon as it is open.
    return new Spool(
        FileChannel.open(
            Files.createTempFile("conntrace-", ".tmp"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  private void append(byte[] source, int start, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(source, start, length);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns a stream that appends; closing it leaves what is there to be read. */
  OutputStream end() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        append(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] source, int start, int length) throws IOException {
        append(source, start, length);
      }
    };
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Returns a stream from the beginning; the one before must not be used any more. */
  InputStream fromStart() throws IOException {
    channel.position(0);
    return new FilterInputStream(Channels.newInputStream(channel)) {
      /** The next pass needs the file again. */
      @Override
      public void close() {}
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
