package dev.conntrace.capture;

import java.io.InputStream;

/** How a capture file is compressed as a whole, told by its first bytes. */
enum Compression {
  NONE(""),
  /** RFC 1952. */
  GZIP("gzip"),
  /** RFC 8878. */
  ZSTD("zstd"),
  /** LZ4 frame format 1.6. */
  LZ4("lz4");

  /** Frames that zstd and lz4 share: sixteen magic numbers, a length, and anything. */
  static final int SKIPPABLE = 0x184D2A50;

  static final int SKIPPABLE_MASK = 0xFFFFFFF0;
  static final int SKIPPABLE_HEADER_BYTES = 8;

  private final String words;

  Compression(String words) {
    this.words = words;
  }

  /** Returns the name of the format; empty for {@link #NONE}. */
  String words() {
    return words;
  }

  /**
   * Returns how the data is compressed at whose start {@code input} stands. Skippable frames before
   * it do not tell; they are stepped over.
   */
  static Compression of(CaptureInput input) {
    if (input.ensure(2) && GzipInput.startsHere(input.bytes(), input.at(), input.available())) {
      return GZIP;
    }
    skipSkippable(input);
    if (!input.ensure(Integer.BYTES)) {
      return NONE;
    }
    int magic = FieldOrder.LITTLE_ENDIAN.i32(input.bytes(), input.at());
    return switch (magic) {
      case ZstdFrames.MAGIC -> ZSTD;
      case Lz4Input.MAGIC, Lz4Input.LEGACY_MAGIC -> LZ4;
      default -> NONE;
    };
  }

  /** Steps over skippable frames; where one is cut off, over all that there is. */
  static void skipSkippable(CaptureInput input) {
    while (input.ensure(SKIPPABLE_HEADER_BYTES)) {
      int magic = FieldOrder.LITTLE_ENDIAN.i32(input.bytes(), input.at());
      if ((magic & SKIPPABLE_MASK) != SKIPPABLE) {
        return;
      }
      long length = FieldOrder.LITTLE_ENDIAN.u32(input.bytes(), input.at() + Integer.BYTES);
      if (!input.skipAcross(SKIPPABLE_HEADER_BYTES + length)) {
        return;
      }
    }
  }

  /** Returns what the data in {@code input} unpacks to. */
  InputStream unpack(CaptureInput input) {
    return switch (this) {
      case GZIP -> new GzipInput(input);
      case ZSTD -> new ZstdInput(input);
      case LZ4 -> new Lz4Input(input);
      case NONE -> throw new IllegalStateException("nothing to unpack");
    };
  }
}
