package dev.conntrace.script;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import java.util.Iterator;
import java.util.List;

/** Yields packets that were made beforehand. */
final class ScriptedSource implements PacketSource {
  static final long NEVER = Long.MAX_VALUE;

  private final Iterator<Packet> packets;
  private final long droppedBefore;
  private long frame;

  /** Yields the packets; from frame {@code droppedBefore} on it says that one was dropped. */
  ScriptedSource(List<Packet> packets, long droppedBefore) {
    this.packets = packets.iterator();
    this.droppedBefore = droppedBefore;
  }

  @Override
  public boolean next(Packet packet) {
    if (!packets.hasNext()) {
      return false;
    }
    Packet made = packets.next();
    frame = made.frame();
    packet.set(made.bytes(), made.offset(), made.capturedLength(), made.originalLength());
    packet.describe(made.frame(), made.timestampNanos(), made.linkType(), made.interfaceIndex());
    return true;
  }

  @Override
  public String format() {
    return "script";
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public long droppedPackets() {
    return frame >= droppedBefore ? 1 : 0;
  }

  @Override
  public void close() {}
}
