package dev.conntrace.capture;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip data (RFC 1952), all members of it one after the other.
 *
 * <p>The JDK's own {@code GZIPInputStream} will not do: it looks for a further member only if the
 * stream says that bytes are available, which a pipe need not do, and where data is corrupt it
 * drops what it unpacked just before.
 */
final class GzipInput extends CompressedInput {
  private static final int MAGIC_0 = 0x1F;
  private static final int MAGIC_1 = 0x8B;
  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CHECKSUM = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;
  private static final int RESERVED_FLAGS = 0xE0;

  /** Between the flags and what the flags announce: time, extra flags, operating system. */
  private static final int REST_OF_FIXED_HEADER_BYTES = 6;

  private static final int TRAILER_BYTES = 8;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private boolean insideMember;
  private boolean ended;
  private @Nullable IOException failure;

  GzipInput(CaptureInput compressed) {
    super(compressed, Compression.GZIP);
  }

  /** Returns whether the bytes at {@code at} start a gzip member. */
  static boolean startsHere(byte[] bytes, int at, int available) {
    return available >= 2 && (bytes[at] & 0xFF) == MAGIC_0 && (bytes[at + 1] & 0xFF) == MAGIC_1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (failure == null && !ended) {
      if (!insideMember) {
        openMember();
        continue;
      }
      int unpacked = unpack(target, offset, length);
      if (unpacked > 0) {
        checksum.update(target, offset, unpacked);
        return unpacked;
      }
      if (inflater.finished()) {
        closeMember();
      } else if (failure == null && !compressed.ensure(1)) {
        failure = cutOff();
      }
    }
    if (failure != null) {
      throw failure;
    }
    return -1;
  }

  private int unpack(byte[] target, int offset, int length) {
    long unpackedBefore = inflater.getBytesWritten();
    int offered = compressed.available();
    inflater.setInput(compressed.bytes(), compressed.at(), offered);
    String fault = null;
    try {
      inflater.inflate(target, offset, length);
      fault = inflater.needsDictionary() ? "it asks for a dictionary" : null;
    } catch (DataFormatException e) {
      fault = String.valueOf(e.getMessage());
    }
    // First: the message says how far it was read.
    compressed.skip(offered - inflater.getRemaining());
    failure = fault == null ? null : corrupt(fault);
    return (int) (inflater.getBytesWritten() - unpackedBefore);
  }

  private void openMember() throws IOException {
    skipPadding();
    if (!compressed.ensure(1)) {
      ended = true;
      if (compressed.failure() != null) {
        throw cutOff();
      }
      return;
    }
    if (nextByte() != MAGIC_0 || nextByte() != MAGIC_1) {
      throw corrupt("other data follows it");
    }
    if (nextByte() != DEFLATE) {
      throw corrupt("unknown compression method");
    }
    int flags = nextByte();
    if ((flags & RESERVED_FLAGS) != 0) {
      throw corrupt("unknown header flags");
    }
    skipBytes(REST_OF_FIXED_HEADER_BYTES);
    skipOptionalHeader(flags);
    inflater.reset();
    checksum.reset();
    insideMember = true;
  }

  /** Tapes and block devices fill up with zeros; gzip(1) ignores them too. */
  private void skipPadding() {
    while (compressed.ensure(1) && compressed.bytes()[compressed.at()] == 0) {
      compressed.skip(1);
    }
  }

  private void skipOptionalHeader(int flags) throws IOException {
    if ((flags & HAS_EXTRA) != 0) {
      int low = nextByte();
      skipBytes(low | nextByte() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CHECKSUM) != 0) {
      skipBytes(2);
    }
  }

  private void closeMember() throws IOException {
    insideMember = false;
    require(TRAILER_BYTES);
    byte[] bytes = compressed.bytes();
    int at = compressed.at();
    long statedChecksum = FieldOrder.LITTLE_ENDIAN.u32(bytes, at);
    long statedLength = FieldOrder.LITTLE_ENDIAN.u32(bytes, at + 4);
    if (statedChecksum != checksum.getValue()) {
      throw corrupt("its checksum does not fit");
    }
    if (statedLength != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw corrupt("its length does not fit");
    }
    compressed.skip(TRAILER_BYTES);
  }

  private int nextByte() throws IOException {
    require(1);
    int value = compressed.bytes()[compressed.at()] & 0xFF;
    compressed.skip(1);
    return value;
  }

  private void skipText() throws IOException {
    int character = nextByte();
    while (character != 0) {
      character = nextByte();
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    super.close();
  }
}
