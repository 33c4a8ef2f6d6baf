package dev.conntrace.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Passes bytes on in pieces that end where records end. */
final class WholeRecords extends OutputStream {
  private static final int PIECE_BYTES = 1 << 16;

  private final OutputStream out;
  private byte[] bytes = new byte[2 * PIECE_BYTES];
  private int size;
  private int whole;

  WholeRecords(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) {
    makeRoom(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int start, int length) {
    makeRoom(length);
    System.arraycopy(source, start, bytes, size, length);
    size += length;
  }

  private void makeRoom(int length) {
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
  }

  /** Says that a record ends here. */
  void endRecord() throws IOException {
    whole = size;
    if (size >= PIECE_BYTES) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (whole > 0) {
      out.write(bytes, 0, whole);
      System.arraycopy(bytes, whole, bytes, 0, size - whole);
      size -= whole;
      whole = 0;
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
