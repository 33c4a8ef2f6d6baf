package dev.conntrace.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks over zstd frames (RFC 8878 3.1.1) without unpacking them, and hands their bytes to what
 * does: one header or block a time, one frame until {@link #open} is called for the next.
 *
 * <pre>
 * frame header                                      block
 *  0 magic number                                    0 bit 0: last one, bits 1-2: type, then size;
 *  4 descriptor: bit 5: no window, 2: checksum,        3 bytes, the lowest first
 *    0-1: dictionary id, 6-7: content size           3 as many bytes as the size says,
 *  5 window, dictionary id, content size, as said      one where it is a run of one byte
 * </pre>
 *
 * It keeps the frame's beginning, so that what lies before damage can be unpacked once more.
 */
final class ZstdFrames extends InputStream {
  /** The first four bytes of a frame, the lowest first. */
  static final int MAGIC = 0xFD2FB528;

  /** What the library that unpacks has room for, and takes of memory. */
  private static final long MAX_WINDOW_BYTES = 8 << 20;

  private static final int MAX_KEPT_BYTES = 4 << 20;
  private static final int MAX_BLOCK_BYTES = 128 << 10;
  private static final int DESCRIPTOR = 4;
  private static final int WINDOW = 5;
  private static final int HAS_CHECKSUM = 1 << 2;
  private static final int NO_WINDOW = 1 << 5;
  private static final int CHECKSUM_BYTES = 4;
  private static final int BLOCK_HEADER_BYTES = 3;
  private static final int RUN = 1;
  private static final int RESERVED = 3;
  private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
  private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

  /** A last block of no bytes. */
  private static final byte[] END = {1, 0, 0};

  private final CaptureInput compressed;
  private final CompressedInput about;
  private boolean checksumFollows;
  private boolean sawLastBlock;
  private boolean frameOver = true;
  private int pieceLeft;
  private boolean pauses;
  private byte[] kept = new byte[4096];
  private int keptBytes;
  private int keptBeforePiece;
  private boolean keeping;

  /**
   * Stands before the first frame.
   *
   * @param about what states that the data is damaged
   */
  ZstdFrames(CaptureInput compressed, CompressedInput about) {
    this.compressed = compressed;
    this.about = about;
  }

  /**
   * Goes to the next frame, over skippable ones.
   *
   * @return false if there is none
   */
  boolean open() throws IOException {
    Compression.skipSkippable(compressed);
    if (!compressed.ensure(1) && compressed.failure() == null) {
      return false;
    }
    about.require(Integer.BYTES);
    if (FieldOrder.LITTLE_ENDIAN.i32(compressed.bytes(), compressed.at()) != MAGIC) {
      throw about.corrupt("other data follows it");
    }
    about.require(WINDOW);
    int descriptor = compressed.bytes()[compressed.at() + DESCRIPTOR] & 0xFF;
    int contentSizeBytes = CONTENT_SIZE_BYTES[descriptor >>> 6];
    boolean noWindow = (descriptor & NO_WINDOW) != 0;
    if (noWindow && contentSizeBytes == 0) {
      contentSizeBytes = 1;
    }
    pieceLeft =
        WINDOW + (noWindow ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 3] + contentSizeBytes;
    about.require(pieceLeft);
    byte[] bytes = compressed.bytes();
    int end = compressed.at() + pieceLeft;
    requireWindow(
        noWindow
            ? contentSize(bytes, end, contentSizeBytes)
            : windowBytes(bytes[compressed.at() + WINDOW] & 0xFF));
    checksumFollows = (descriptor & HAS_CHECKSUM) != 0;
    sawLastBlock = false;
    frameOver = false;
    pauses = false;
    keptBytes = 0;
    keeping = true;
    keep(pieceLeft);
    kept[DESCRIPTOR] &= ~HAS_CHECKSUM;
    return true;
  }

  private static long windowBytes(int field) {
    long base = 1L << (10 + (field >>> 3));
    return base + (base >>> 3) * (field & 7);
  }

  /** A frame without a window is a window of its own. */
  private static long contentSize(byte[] bytes, int end, int fieldBytes) {
    return switch (fieldBytes) {
      case 1 -> bytes[end - 1] & 0xFF;
      case 2 -> FieldOrder.LITTLE_ENDIAN.u16(bytes, end - 2) + 256;
      case 4 -> FieldOrder.LITTLE_ENDIAN.u32(bytes, end - 4);
      default -> FieldOrder.LITTLE_ENDIAN.i64(bytes, end - 8) & Long.MAX_VALUE;
    };
  }

  private static void requireWindow(long bytes) throws IOException {
    if (bytes > MAX_WINDOW_BYTES) {
      throw new IOException(
          "the zstd data needs a window of "
              + (bytes >>> 20)
              + " MB, over the limit of 8 MB; unpack it first, with zstd -d --long=31");
    }
  }

  /**
   * Returns bytes of one piece; -1 after the last one, and where a piece ends before {@code to}.
   */
  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (pauses) {
      pauses = false;
      return -1;
    }
    if (pieceLeft == 0) {
      if (frameOver) {
        return -1;
      }
      if (sawLastBlock) {
        takeChecksum();
      } else {
        takeBlock();
      }
    }
    int count = Math.min(length, pieceLeft);
    System.arraycopy(compressed.bytes(), compressed.at(), to, offset, count);
    compressed.skip(count);
    pieceLeft -= count;
    // Whoever reads would go on to fill its buffer; then nobody knew which block was the bad one.
    pauses = pieceLeft == 0 && count < length;
    return count;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("never called");
  }

  private void takeBlock() throws IOException {
    about.require(BLOCK_HEADER_BYTES);
    int header =
        FieldOrder.LITTLE_ENDIAN.u16(compressed.bytes(), compressed.at())
            | (compressed.bytes()[compressed.at() + 2] & 0xFF) << 16;
    int type = header >>> 1 & 3;
    int size = header >>> 3;
    if (type == RESERVED || size > MAX_BLOCK_BYTES) {
      throw about.corrupt("a block has an impossible header");
    }
    int pieceBytes = BLOCK_HEADER_BYTES + (type == RUN ? 1 : size);
    about.require(pieceBytes);
    pieceLeft = pieceBytes;
    sawLastBlock = (header & 1) != 0;
    frameOver = sawLastBlock && !checksumFollows;
    keep(pieceBytes);
  }

  private void takeChecksum() throws IOException {
    about.require(CHECKSUM_BYTES);
    pieceLeft = CHECKSUM_BYTES;
    frameOver = true;
    keep(0);
  }

  private void keep(int count) {
    keptBeforePiece = keptBytes;
    keeping &= keptBytes + count + END.length <= MAX_KEPT_BYTES;
    if (!keeping) {
      return;
    }
    if (keptBytes + count + END.length > kept.length) {
      int atLeast = keptBytes + count + END.length;
      kept = Arrays.copyOf(kept, Math.min(MAX_KEPT_BYTES, 2 * atLeast));
    }
    System.arraycopy(compressed.bytes(), compressed.at(), kept, keptBytes, count);
    keptBytes += count;
  }

  /**
   * Returns the frame so far as a whole one without checksum.
   *
   * @param withLast whether with the piece that was handed out last
   */
  byte[] soFar(boolean withLast) {
    int length = withLast ? keptBytes : keptBeforePiece;
    if (!keeping || length == 0) {
      return new byte[0];
    }
    boolean ends = sawLastBlock && length == keptBytes;
    byte[] frame = Arrays.copyOf(kept, length + (ends ? 0 : END.length));
    System.arraycopy(END, 0, frame, length, frame.length - length);
    return frame;
  }
}
