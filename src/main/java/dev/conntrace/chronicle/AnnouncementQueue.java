package dev.conntrace.chronicle;

import org.jspecify.annotations.Nullable;

/**
 * Announcements on their way to a sender far from the capture: it can act on one only a round trip
 * after it was seen. Bounded: of those that come close together only the last counts.
 */
final class AnnouncementQueue {
  private static final int MOST = 64;

  /** Announcements of room closer together than this part of the delay are not told apart. */
  private static final int GRAIN = MOST / 2;

  private Announced[] ring = {new Announced(), new Announced()};
  private int first;
  private int size;

  /** Takes one in that the sender hears {@code delayNanos} later. */
  void add(Announced now, long delayNanos) {
    if (size > 0) {
      Announced last = ring[(first + size - 1) % ring.length];
      if (isSame(last, now, delayNanos)) {
        last.extend(now);
        return;
      }
    }
    if (size == ring.length) {
      makeRoom();
    }
    ring[(first + size) % ring.length].set(now);
    size++;
  }

  private static boolean isSame(Announced last, Announced now, long delayNanos) {
    return !last.isClosed
        && !now.isClosed
        && now.edge >= last.edge
        && now.nanos - last.nanos < delayNanos / GRAIN;
  }

  private void makeRoom() {
    if (size == MOST) {
      first = (first + 1) % MOST;
      size--;
      return;
    }
    Announced[] wide = new Announced[2 * size];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = i < size ? ring[(first + i) % size] : new Announced();
    }
    ring = wide;
    first = 0;
  }

  /** Returns the oldest that the sender heard by {@code nanos}, removed; null if there is none. */
  @Nullable Announced heardBy(long nanos, long delayNanos) {
    if (size == 0 || ring[first].nanos > nanos - delayNanos) {
      return null;
    }
    Announced oldest = ring[first];
    first = (first + 1) % ring.length;
    size--;
    return oldest;
  }
}
