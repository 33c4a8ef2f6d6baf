package dev.conntrace.capture;

import java.io.IOException;
import java.io.InputStream;

/** A stream that hands out one byte at a time and never says that more is there, as a pipe may. */
final class Dribble extends InputStream {
  private final byte[] bytes;
  private final boolean breaks;
  private int at;
  private boolean closed;

  Dribble(byte[] bytes) {
    this(bytes, false);
  }

  private Dribble(byte[] bytes, boolean breaks) {
    this.bytes = bytes;
    this.breaks = breaks;
  }

  /** Returns a stream that fails after these bytes, as a disk may. */
  static Dribble breakingAfter(byte[] bytes) {
    return new Dribble(bytes, true);
  }

  @Override
  public int read() throws IOException {
    if (at < bytes.length) {
      return bytes[at++] & 0xFF;
    }
    if (breaks) {
      throw new IOException("Input/output error");
    }
    return -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int value = read();
    if (value < 0) {
      return -1;
    }
    target[offset] = (byte) value;
    return 1;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
