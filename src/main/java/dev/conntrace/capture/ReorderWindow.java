package dev.conntrace.capture;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The next packets of one file, copied and sorted by time: capturing on several queues or
 * interfaces stores packets slightly out of order. A packet that comes later than the window
 * reaches is passed on where it stands.
 *
 * <p>A packet without a timestamp has that of the packet before it; where there is none either, it
 * comes before all others.
 */
final class ReorderWindow implements Closeable {
  /** How many packets are looked at ahead. */
  static final int PACKETS = 256;

  /** How many captured bytes are looked at ahead; one packet may always be. */
  static final int BYTES = 1 << 19;

  private final PacketSource source;
  private final Packet incoming = new Packet();
  private final Copy[] sorted = new Copy[PACKETS];
  private final Copy[] spare = new Copy[PACKETS];
  private int first;
  private int size;
  private int spares;
  private long heldBytes;
  private long spareBytes;
  private long latestNanos = Packet.NO_TIMESTAMP;
  private boolean ended;
  private @Nullable CaptureException damage;

  /** Looks at nothing yet; closing the window closes {@code source}. */
  ReorderWindow(PacketSource source) {
    this.source = source;
  }

  /**
   * Looks as far ahead as the window reaches.
   *
   * @return whether there is a packet; if not, the file is at its end or its damage
   */
  boolean fill() {
    while (!ended && size < PACKETS && (size == 0 || heldBytes < BYTES)) {
      try {
        if (source.next(incoming)) {
          insert();
        } else {
          ended = true;
        }
      } catch (CaptureException e) {
        ended = true;
        damage = e;
      }
    }
    return size > 0;
  }

  private void insert() {
    if (incoming.timestampNanos() != Packet.NO_TIMESTAMP) {
      latestNanos = incoming.timestampNanos();
    }
    Copy copy = spares > 0 ? takeSpare() : new Copy();
    copy.of(incoming, latestNanos);
    heldBytes += incoming.capturedLength();
    int place = size++;
    while (place > 0 && sorted[slot(place - 1)].timeNanos > latestNanos) {
      sorted[slot(place)] = sorted[slot(place - 1)];
      place--;
    }
    sorted[slot(place)] = copy;
  }

  private Copy takeSpare() {
    Copy copy = spare[--spares];
    spareBytes -= copy.bytes.length;
    return copy;
  }

  /** Returns the earliest packet's time, for sorting alone; there must be a packet. */
  long timeNanos() {
    return sorted[first].timeNanos;
  }

  /** Returns the earliest packet, valid until it is {@linkplain #drop dropped}. */
  Packet packet() {
    return sorted[first].packet;
  }

  /** Gives the earliest packet up. */
  void drop() {
    Copy copy = sorted[first];
    first = slot(1);
    size--;
    heldBytes -= copy.packet.capturedLength();
    // Arrays that have grown for large packets are kept only as far as the bound allows.
    if (spareBytes + copy.bytes.length <= BYTES) {
      spareBytes += copy.bytes.length;
      spare[spares++] = copy;
    }
  }

  private int slot(int index) {
    return (first + index) & (PACKETS - 1);
  }

  PacketSource source() {
    return source;
  }

  /** Returns where the file is damaged; null if it is not, or the damage was not reached yet. */
  @Nullable CaptureException damage() {
    return damage;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private static final class Copy {
    private final Packet packet = new Packet();
    private byte[] bytes = new byte[0];
    private long timeNanos;

    void of(Packet original, long sortedAt) {
      int length = original.capturedLength();
      if (length > bytes.length) {
        bytes = new byte[Math.max(length, 2 * bytes.length)];
      }
      System.arraycopy(original.bytes(), original.offset(), bytes, 0, length);
      packet.set(bytes, 0, length, original.originalLength());
      packet.describe(
          original.frame(),
          original.timestampNanos(),
          original.linkType(),
          original.interfaceIndex());
      packet.annotate(original.notes());
      timeNanos = sortedAt;
    }
  }
}
