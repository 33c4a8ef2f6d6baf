package dev.conntrace.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** Builds gzip files in memory for tests. */
public final class GzipBytes {
  private static final int PLAIN_HEADER_BYTES = 10;
  private static final int FLAGS_AT = 3;
  private static final byte EVERY_FIELD = 0x1E;

  private GzipBytes() {}

  /** Returns one compressed member. */
  public static byte[] member(byte[] plain) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** Returns one member whose data is stored in blocks of 65,535 bytes. */
  public static byte[] stored(byte[] plain) {
    byte[] header = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0};
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header);
    for (int from = 0; from < plain.length; from += 65_535) {
      int length = Math.min(65_535, plain.length - from);
      file.write(from + length == plain.length ? 1 : 0);
      file.writeBytes(littleEndian16(length));
      file.writeBytes(littleEndian16(~length));
      file.write(plain, from, length);
    }
    CRC32 checksum = new CRC32();
    checksum.update(plain);
    file.writeBytes(littleEndian16((int) checksum.getValue()));
    file.writeBytes(littleEndian16((int) (checksum.getValue() >>> 16)));
    file.writeBytes(littleEndian16(plain.length));
    file.writeBytes(littleEndian16(plain.length >>> 16));
    return file.toByteArray();
  }

  /** Returns one member with extra field, name, comment and header checksum. */
  public static byte[] memberWithEveryField(byte[] plain) {
    byte[] member = member(plain);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    member[FLAGS_AT] = EVERY_FIELD;
    file.write(member, 0, PLAIN_HEADER_BYTES);
    file.writeBytes(new byte[] {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 9, 9});
    file.write(member, PLAIN_HEADER_BYTES, member.length - PLAIN_HEADER_BYTES);
    return file.toByteArray();
  }

  /** Returns the pieces one after the other. */
  public static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      file.writeBytes(piece);
    }
    return file.toByteArray();
  }

  private static byte[] littleEndian16(int value) {
    return new byte[] {(byte) value, (byte) (value >>> 8)};
  }
}
