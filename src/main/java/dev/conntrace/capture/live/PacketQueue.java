package dev.conntrace.capture.live;

import dev.conntrace.capture.Packet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands packets from the thread that captures to the one that traces: one writer, one reader, no
 * locks. When there is no room a packet is dropped and counted, as the kernel would.
 *
 * <p>Records lie one behind the other in a ring of bytes; each has a head in a ring of numbers.
 */
final class PacketQueue {
  private static final int MOST_RECORDS = 1 << 16;

  private final byte[] bytes;
  private final long[] times = new long[MOST_RECORDS];
  private final int[] starts = new int[MOST_RECORDS];
  private final int[] captured = new int[MOST_RECORDS];
  private final int[] lengths = new int[MOST_RECORDS];

  /** How many records were put in, and taken out. Each has one writer. */
  private volatile long put;

  private volatile long taken;

  /** Where the writer writes next, and up to where the reader has given room back. */
  private int head;

  private volatile int free;

  /** The reader's own: where the packet that it has in view ends. */
  private int lastEnd;

  private volatile long dropped;

  /** The writer's own copies: only they are counted up. */
  private long puts;

  private long drops;
  private volatile @Nullable Thread waiting;

  PacketQueue(int bufferBytes) {
    bytes = new byte[Math.max(bufferBytes, 2 * LiveOptions.WHOLE_PACKETS)];
  }

  /** Copies a packet in; drops it if there is no room. For the thread that captures. */
  void put(byte[] packet, long timeNanos, int originalLength) {
    int start = room(packet.length);
    if (start < 0 || put - taken == MOST_RECORDS) {
      dropped = ++drops;
      return;
    }
    System.arraycopy(packet, 0, bytes, start, packet.length);
    int slot = (int) (put & MOST_RECORDS - 1);
    times[slot] = timeNanos;
    starts[slot] = start;
    captured[slot] = packet.length;
    lengths[slot] = originalLength;
    head = start + packet.length;
    put = ++puts;
    Thread sleeper = waiting;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  /** Returns where so many bytes fit in one piece; -1 if nowhere. One byte always stays free. */
  private int room(int length) {
    int behind = free;
    if (head >= behind) {
      if (bytes.length - head > length) {
        return head;
      }
      return behind > length ? 0 : -1;
    }
    return behind - head > length ? head : -1;
  }

  /**
   * Lays the view over the next packet, which stays in place until the next call. For the thread
   * that traces.
   *
   * @return false if none is there
   */
  boolean take(Packet packet, long frame, int linkType) {
    long next = taken;
    if (next > 0 && next == put) {
      // The reader is done with the packet before: its room is free.
      free = lastEnd;
    }
    if (next == put) {
      return false;
    }
    int slot = (int) (next & MOST_RECORDS - 1);
    free = starts[slot];
    packet.set(bytes, starts[slot], captured[slot], Integer.toUnsignedLong(lengths[slot]));
    packet.describe(frame, times[slot], linkType, 0);
    lastEnd = starts[slot] + captured[slot];
    taken = next + 1;
    return true;
  }

  /** Waits until something is put in, at most so long. */
  void await(long nanos) {
    waiting = Thread.currentThread();
    if (taken == put) {
      LockSupport.parkNanos(this, nanos);
    }
    waiting = null;
  }

  /** Returns how many packets found no room. */
  long dropped() {
    return dropped;
  }
}
