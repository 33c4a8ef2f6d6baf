package dev.conntrace.capture;

import java.io.Closeable;
import java.util.List;

/** Yields the packets of one capture in the order in which they were stored. */
public interface PacketSource extends Closeable {
  /**
   * Refills {@code packet} with the next record.
   *
   * @return false at the orderly end of the capture
   * @throws CaptureException if the capture is damaged here; every record before the damage has
   *     been returned
   */
  boolean next(Packet packet) throws CaptureException;

  /**
   * Has {@code listener} told how the capture grows, within calls of {@link #next}. A capture that
   * is already complete tells nothing.
   */
  default void tellGrowth(GrowthListener listener) {}

  /** Returns what the capture file is, in words: {@code pcap, little-endian, microseconds}. */
  String format();

  /**
   * Returns how many bytes of the file (before decompression) have been read so far: for a progress
   * display.
   */
  long bytesRead();

  /**
   * Returns how many packets the capture says were dropped while it was taken, so far (pcapng
   * interface statistics: kernel and interface drops of all interfaces); 0 where it says nothing.
   */
  long droppedPackets();

  /**
   * Returns whether packets may be missing right before the one that {@link #next} filled in last:
   * it lies in the time in which some of those {@linkplain #droppedPackets dropped} were dropped.
   * Only a capture that is taken now knows that time.
   */
  default boolean mayLackPackets() {
    return false;
  }

  /**
   * Returns between which frames packets were dropped, in order, as far as that is known by now; of
   * regular pcapng files it is known from the beginning. Drops that {@link #droppedPackets} counts
   * later may be missing.
   */
  default List<LossyFrames> drops() {
    return List.of();
  }

  /**
   * Returns what the capture says of itself, as far as it has been read (pcapng: section headers
   * and name resolution).
   */
  default CaptureTexts texts() {
    return CaptureTexts.NONE;
  }
}
