package dev.conntrace.capture;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;

/** Builds zstd files in memory for tests. */
public final class ZstdBytes {
  private static final int MAX_BLOCK_BYTES = 1 << 17;

  private ZstdBytes() {}

  /** Returns one compressed frame with a checksum. */
  public static byte[] frame(byte[] plain) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(file)) {
      zstd.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** Returns one frame without checksum whose blocks of {@code blockBytes} are not packed. */
  public static byte[] stored(byte[] plain, int blockBytes) {
    ByteArrayOutputStream file = header();
    for (int from = 0; from < plain.length; from += blockBytes) {
      int length = Math.min(blockBytes, plain.length - from);
      boolean last = from + length == plain.length;
      block(file, last, 0, length);
      file.write(plain, from, length);
    }
    return file.toByteArray();
  }

  /** Returns one frame that unpacks to {@code plain} and {@code count} zeros after it. */
  public static byte[] zerosAfter(byte[] plain, long count) {
    ByteArrayOutputStream file = header();
    block(file, false, 0, plain.length);
    file.writeBytes(plain);
    for (long left = count; left > 0; left -= MAX_BLOCK_BYTES) {
      block(file, left <= MAX_BLOCK_BYTES, 1, (int) Math.min(left, MAX_BLOCK_BYTES));
      file.write(0);
    }
    return file.toByteArray();
  }

  /** Returns a frame that is to be stepped over. */
  public static byte[] skippable(int length) {
    return new OrderedBytes(ByteOrder.LITTLE_ENDIAN)
        .u32(0x184D2A57)
        .u32(length)
        .raw(new byte[length])
        .toBytes();
  }

  /** With a window of 8 MB, and nothing else. */
  private static ByteArrayOutputStream header() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 13 << 3});
    return file;
  }

  private static void block(ByteArrayOutputStream file, boolean last, int type, int size) {
    int header = (last ? 1 : 0) | type << 1 | size << 3;
    file.write(header);
    file.write(header >>> 8);
    file.write(header >>> 16);
  }
}
