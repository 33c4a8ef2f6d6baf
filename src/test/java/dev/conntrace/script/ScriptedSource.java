package dev.conntrace.script;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import java.util.Iterator;
import java.util.List;

/** Yields packets that were made beforehand. */
final class ScriptedSource implements PacketSource {
  private final Iterator<Packet> packets;

  ScriptedSource(List<Packet> packets) {
    this.packets = packets.iterator();
  }

  @Override
  public boolean next(Packet packet) {
    if (!packets.hasNext()) {
      return false;
    }
    Packet made = packets.next();
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
    return 0;
  }

  @Override
  public void close() {}
}
