package dev.conntrace.cli;

import dev.conntrace.capture.Packet;
import java.util.Arrays;

/** Keeps one packet of those that pass, whose number was asked for. */
final class FrameCopy {
  private final long frame;

  /** Written by whoever reads the capture, which may be a thread of its own. */
  private volatile Packet copy = new Packet();

  FrameCopy(long frame) {
    this.frame = frame;
  }

  /** Copies the packet if it is the wanted one. */
  void offer(Packet packet) {
    if (packet.frame() != frame) {
      return;
    }
    Packet kept = new Packet();
    int from = packet.offset();
    byte[] bytes = Arrays.copyOfRange(packet.bytes(), from, from + packet.capturedLength());
    kept.set(bytes, 0, bytes.length, packet.originalLength());
    kept.describe(frame, packet.timestampNanos(), packet.linkType(), packet.interfaceIndex());
    copy = kept;
  }

  /** Returns whether the packet has come by. */
  boolean isThere() {
    return copy.frame() == frame;
  }

  /** Returns the packet; an empty one if it has not come by. */
  Packet packet() {
    return copy;
  }
}
