package dev.conntrace;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.PacketBytes;
import java.util.ArrayList;
import java.util.List;

/** Packets made by hand, one after the other. */
final class PacketList implements PacketSource {
  private static final class Taken {
    final byte[] bytes;
    final int linkType;
    final long nanos;
    final int capturedAt;

    Taken(PacketBytes packet, long nanos, int capturedAt) {
      this.bytes = packet.build();
      this.linkType = packet.linkType();
      this.nanos = nanos;
      this.capturedAt = capturedAt;
    }
  }

  private static final long MILLISECOND = 1_000_000;

  private final List<Taken> packets = new ArrayList<>();
  private long nanos = 1_700_000_000_000_000_000L;
  private int next;

  /** Appends a packet, a millisecond after the one before it. */
  PacketList add(PacketBytes packet) {
    return add(packet, 0);
  }

  /** Appends a packet that was captured at an interface. */
  PacketList add(PacketBytes packet, int capturedAt) {
    nanos += MILLISECOND;
    packets.add(new Taken(packet, nanos, capturedAt));
    return this;
  }

  /** Lets time pass before the next packet. */
  PacketList pause(long seconds) {
    nanos += seconds * 1000 * MILLISECOND;
    return this;
  }

  @Override
  public boolean next(Packet packet) {
    if (next == packets.size()) {
      return false;
    }
    Taken taken = packets.get(next++);
    packet.set(taken.bytes, 0, taken.bytes.length, taken.bytes.length);
    packet.describe(next, taken.nanos, taken.linkType, taken.capturedAt);
    return true;
  }

  @Override
  public String format() {
    return "made by hand";
  }

  @Override
  public long bytesRead() {
    return next;
  }

  @Override
  public long droppedPackets() {
    return 0;
  }

  @Override
  public void close() {}
}
