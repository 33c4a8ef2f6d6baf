package dev.conntrace.capture;

import org.jspecify.annotations.Nullable;

/** The kinds of pcap file, told apart by their first four bytes (draft-ietf-opsawg-pcap 4). */
enum PcapVariant {
  MICROSECONDS(0xA1B2C3D4, "microseconds", 1_000, 16),
  NANOSECONDS(0xA1B23C4D, "nanoseconds", 1, 16),
  /**
   * Alexey Kuznetzov's, of early Linux: each record header goes on with interface index, protocol
   * (2 bytes), packet type and padding, which say nothing about the bytes.
   */
  KUZNETZOV(0xA1B2CD34, "microseconds, Kuznetzov's variant", 1_000, 24);

  private final int magic;
  private final String words;
  private final long nanosPerTick;
  private final int recordHeaderBytes;

  PcapVariant(int magic, String words, long nanosPerTick, int recordHeaderBytes) {
    this.magic = magic;
    this.words = words;
    this.nanosPerTick = nanosPerTick;
    this.recordHeaderBytes = recordHeaderBytes;
  }

  /**
   * Returns the variant with this magic number, read in the file's own byte order; null if none.
   */
  static @Nullable PcapVariant withMagic(int magic) {
    for (PcapVariant variant : values()) {
      if (variant.magic == magic) {
        return variant;
      }
    }
    return null;
  }

  /** Returns the first four bytes of the file, as a number in the file's byte order. */
  int magic() {
    return magic;
  }

  /** Returns in words the unit of the timestamps' second half, and what else is special. */
  String words() {
    return words;
  }

  /** Returns the unit of the timestamps' second half. */
  long nanosPerTick() {
    return nanosPerTick;
  }

  /** Returns how many bytes stand before the packet's own in each record. */
  int recordHeaderBytes() {
    return recordHeaderBytes;
  }
}
