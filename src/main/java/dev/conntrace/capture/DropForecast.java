package dev.conntrace.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks ahead in a pcapng file for statistics that tell of dropped packets: they mostly stand at
 * its end, and what seems lost before them can be judged only by who knows them.
 *
 * <p>Long files are looked at from their end alone, where blocks say their length once more, up to
 * the last packet; only if that finds drops are they read to say where.
 */
final class DropForecast {
  /** Smaller files are searched from the beginning, which takes some milliseconds. */
  private static final long SMALL_FILE_BYTES = 64L * 1024 * 1024;

  /** Blocks behind the last packet: statistics, names and secrets, each seldom more than once. */
  private static final int MOST_BLOCKS_AT_END = 64;

  private static final int WINDOW_BYTES = 64 * 1024;
  private static final int LENGTH_BYTES = 4;

  private final FileChannel file;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
  private long windowAt;
  private FieldOrder order = FieldOrder.BIG_ENDIAN;

  private DropForecast(FileChannel file) throws IOException {
    this.file = file;
    size = file.size();
    window.limit(0);
  }

  /**
   * Returns where packets were dropped; empty where the file is not a plain pcapng file or says
   * nothing of drops, and where it cannot be read, which whoever reads it in earnest will find.
   */
  static List<LossyFrames> of(Path path) {
    try {
      if (!Files.isRegularFile(path) || !tellsOfDrops(path)) {
        return List.of();
      }
      try (CaptureInput input = new CaptureInput(path.toString(), Files.newInputStream(path));
          PcapngReader reader = new PcapngReader(input)) {
        return intervals(reader);
      }
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<LossyFrames> intervals(PcapngReader reader) {
    Packet packet = new Packet();
    try {
      while (reader.next(packet)) {
        // Only the statistics between the packets count.
      }
    } catch (CaptureException e) {
      // What stands before the damage holds.
    }
    return reader.drops();
  }

  private static boolean tellsOfDrops(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      DropForecast forecast = new DropForecast(file);
      return forecast.isPcapng()
          && (forecast.size <= SMALL_FILE_BYTES ? forecast.searchForward() : forecast.searchEnd());
    }
  }

  private boolean isPcapng() throws IOException {
    return size >= PcapngReader.MIN_SECTION_HEADER_BYTES
        && i32(0) == PcapngReader.SECTION_HEADER
        && takeOrder(0);
  }

  /** A section says in which order its numbers are written, and the next one may say otherwise. */
  private boolean takeOrder(long block) throws IOException {
    order = FieldOrder.BIG_ENDIAN;
    int magic = i32(block + PcapngReader.BYTE_ORDER_AT);
    if (magic != PcapngReader.BYTE_ORDER_MAGIC) {
      order = FieldOrder.LITTLE_ENDIAN;
    }
    return i32(block + PcapngReader.BYTE_ORDER_AT) == PcapngReader.BYTE_ORDER_MAGIC;
  }

  private boolean searchForward() throws IOException {
    long block = 0;
    while (size - block >= PcapngReader.MIN_BLOCK_BYTES) {
      int type = i32(block);
      if (type == PcapngReader.SECTION_HEADER && !takeOrder(block)) {
        return false;
      }
      long length = u32(block + LENGTH_BYTES);
      if (!isPossible(length, size - block)) {
        return false;
      }
      if (type == PcapngReader.INTERFACE_STATISTICS && tellsOfDrops(block, length)) {
        return true;
      }
      block += length;
    }
    return false;
  }

  private boolean searchEnd() throws IOException {
    long end = size;
    for (int i = 0; i < MOST_BLOCKS_AT_END; i++) {
      long length = u32(end - LENGTH_BYTES);
      if (!isPossible(length, end)) {
        return false;
      }
      int type = i32(end - length);
      if (type == PcapngReader.INTERFACE_STATISTICS && tellsOfDrops(end - length, length)) {
        return true;
      }
      if (PcapngReader.isPacket(type) || type == PcapngReader.SECTION_HEADER) {
        return false;
      }
      end -= length;
    }
    return false;
  }

  private static boolean isPossible(long length, long most) {
    return length >= PcapngReader.MIN_BLOCK_BYTES && (length & 3) == 0 && length <= most;
  }

  private boolean tellsOfDrops(long block, long length) throws IOException {
    if (length < PcapngReader.MIN_STATISTICS_BYTES || length > WINDOW_BYTES) {
      return false;
    }
    int at = show(block, (int) length);
    PcapngOptions options = new PcapngOptions();
    options.begin(
        window.array(),
        at + PcapngReader.MIN_STATISTICS_BYTES - LENGTH_BYTES,
        at + (int) length - LENGTH_BYTES,
        order);
    return PcapngInterface.tellsOfDrops(options);
  }

  private int i32(long offset) throws IOException {
    return order.i32(window.array(), show(offset, Integer.BYTES));
  }

  private long u32(long offset) throws IOException {
    return order.u32(window.array(), show(offset, Integer.BYTES));
  }

  /** Brings bytes of the file into the window; returns where they are in it. */
  private int show(long offset, int bytes) throws IOException {
    boolean there = offset >= windowAt && offset + bytes <= windowAt + window.limit();
    if (!there) {
      windowAt = offset;
      window.clear();
      while (window.hasRemaining() && file.read(window, windowAt + window.position()) >= 0) {
        // As much as there is.
      }
      window.flip();
      if (window.limit() < bytes) {
        throw new IOException("the file ends at " + (windowAt + window.limit()));
      }
    }
    return (int) (offset - windowAt);
  }
}
