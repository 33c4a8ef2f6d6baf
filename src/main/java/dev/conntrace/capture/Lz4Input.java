package dev.conntrace.capture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks LZ4 frames, all of them one after the other; also those of the format before it.
 *
 * <pre>
 * frame                                            block                       frame before 2013
 *  0 magic number                                   0 size; 0 ends the frame,   0 magic number
 *  4 flags: bit 5: blocks independent,                highest bit: not packed   4 blocks: size, data
 *    4: block checksums, 3: content size,           4 data                        until the end or a
 *    2: content checksum, 0: dictionary id          . checksum                    magic number
 *  5 block size: bits 4-6
 *  6 content size, dictionary id, header checksum
 *  . blocks, content checksum
 * </pre>
 *
 * The usual library for Java refuses blocks that refer to the block before, which is what other
 * programs write unless told otherwise.
 */
final class Lz4Input extends CompressedInput {
  static final int MAGIC = 0x184D2204;
  static final int LEGACY_MAGIC = 0x184C2102;

  private static final int FLAGS = 4;
  private static final int BLOCK_SIZE = 5;
  private static final int FIXED_HEADER_BYTES = 6;
  private static final int VERSION_MASK = 0xC2;
  private static final int VERSION = 0x40;
  private static final int HAS_BLOCK_CHECKSUMS = 1 << 4;
  private static final int HAS_CONTENT_SIZE = 1 << 3;
  private static final int HAS_CHECKSUM = 1 << 2;
  private static final int HAS_DICTIONARY = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int NOT_PACKED = 1 << 31;
  private static final int SMALLEST_BLOCK_SIZE = 4;
  private static final int LEGACY_BLOCK_BYTES = 8 << 20;

  private final Lz4Block block = new Lz4Block();
  private final XxHash32 checksum = new XxHash32();
  private boolean inFrame;
  private boolean legacy;
  private int flags;
  private int maxBlockBytes;
  private @Nullable IOException fault;

  Lz4Input(CaptureInput compressed) {
    super(compressed, Compression.LZ4);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      int count = block.take(target, offset, length);
      if (count > 0 || length == 0) {
        return count;
      }
      if (fault != null) {
        throw fault;
      }
      if (inFrame) {
        nextBlock();
      } else if (!openFrame()) {
        return -1;
      }
    }
  }

  private boolean openFrame() throws IOException {
    Compression.skipSkippable(compressed);
    if (!compressed.ensure(1) && compressed.failure() == null) {
      return false;
    }
    require(Integer.BYTES);
    int magic = FieldOrder.LITTLE_ENDIAN.i32(compressed.bytes(), compressed.at());
    legacy = magic == LEGACY_MAGIC;
    if (legacy) {
      compressed.skip(Integer.BYTES);
      flags = 0;
      maxBlockBytes = LEGACY_BLOCK_BYTES;
    } else if (magic == MAGIC) {
      readHeader();
    } else {
      throw corrupt("other data follows it");
    }
    block.begin();
    checksum.begin();
    inFrame = true;
    return true;
  }

  private void readHeader() throws IOException {
    require(FIXED_HEADER_BYTES);
    flags = compressed.bytes()[compressed.at() + FLAGS] & 0xFF;
    int blockSize = compressed.bytes()[compressed.at() + BLOCK_SIZE] >>> 4 & 7;
    int headerBytes =
        FIXED_HEADER_BYTES
            + ((flags & HAS_CONTENT_SIZE) != 0 ? Long.BYTES : 0)
            + ((flags & HAS_DICTIONARY) != 0 ? Integer.BYTES : 0);
    require(headerBytes + 1);
    checksum.begin();
    checksum.update(compressed.bytes(), compressed.at() + FLAGS, headerBytes - FLAGS);
    int stated = compressed.bytes()[compressed.at() + headerBytes] & 0xFF;
    if (stated != (checksum.value() >>> 8 & 0xFF)) {
      throw corrupt("a frame header's checksum does not fit");
    }
    if ((flags & VERSION_MASK) != VERSION || blockSize < SMALLEST_BLOCK_SIZE) {
      throw corrupt("a frame header is of an unknown version");
    }
    if ((flags & HAS_DICTIONARY) != 0) {
      throw corrupt("it asks for a dictionary");
    }
    maxBlockBytes = 1 << (8 + 2 * blockSize);
    compressed.skip(headerBytes + 1);
  }

  private void nextBlock() throws IOException {
    if (legacy && !legacyBlockFollows()) {
      inFrame = false;
      return;
    }
    require(Integer.BYTES);
    int size = FieldOrder.LITTLE_ENDIAN.i32(compressed.bytes(), compressed.at());
    boolean packed = legacy || (size & NOT_PACKED) == 0;
    int bytes = legacy ? size : size & ~NOT_PACKED;
    if (size == 0 && !legacy) {
      compressed.skip(Integer.BYTES);
      closeFrame();
      return;
    }
    // What is not worth packing may become a little larger in the old format.
    if (bytes < 0 || bytes > maxBlockBytes + (legacy ? maxBlockBytes / 255 + 16 : 0)) {
      throw corrupt("a block states an impossible size");
    }
    compressed.skip(Integer.BYTES);
    int checksumBytes = (flags & HAS_BLOCK_CHECKSUMS) != 0 ? CHECKSUM_BYTES : 0;
    boolean whole = compressed.ensure(bytes + checksumBytes);
    fault = whole ? null : cutOff();
    unpack(packed, Math.min(bytes, compressed.available()), checksumBytes);
  }

  /** Unpacks the block at hand, or what there is of it. */
  private void unpack(boolean packed, int present, int checksumBytes) throws IOException {
    byte[] bytes = compressed.bytes();
    int at = compressed.at();
    if (fault == null && checksumBytes > 0) {
      requireChecksum(XxHash32.of(bytes, at, present), at + present, "a block's checksum");
    }
    String reason = null;
    if (packed) {
      reason = block.unpack(bytes, at, present, maxBlockBytes);
    } else {
      block.copy(bytes, at, present);
    }
    if (fault == null && reason != null) {
      fault = corrupt(reason);
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      checksum.update(block.bytes(), block.start(), block.length());
    }
    compressed.skip(fault == null ? present + checksumBytes : 0);
  }

  /** The old format ends where the file does, or where another frame begins. */
  private boolean legacyBlockFollows() {
    if (!compressed.ensure(1) && compressed.failure() == null) {
      return false;
    }
    if (!compressed.ensure(Integer.BYTES)) {
      return true;
    }
    int size = FieldOrder.LITTLE_ENDIAN.i32(compressed.bytes(), compressed.at());
    return size != MAGIC
        && size != LEGACY_MAGIC
        && (size & Compression.SKIPPABLE_MASK) != Compression.SKIPPABLE;
  }

  private void closeFrame() throws IOException {
    inFrame = false;
    if ((flags & HAS_CHECKSUM) != 0) {
      require(CHECKSUM_BYTES);
      requireChecksum(checksum.value(), compressed.at(), "its checksum");
      compressed.skip(CHECKSUM_BYTES);
    }
  }

  private void requireChecksum(int computed, int statedAt, String what) throws IOException {
    if (computed != FieldOrder.LITTLE_ENDIAN.i32(compressed.bytes(), statedAt)) {
      throw corrupt(what + " does not fit");
    }
  }
}
