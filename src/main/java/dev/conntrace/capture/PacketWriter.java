package dev.conntrace.capture;

import java.io.Closeable;
import java.io.IOException;

/** Stores packets as a capture file. */
public interface PacketWriter extends Closeable {
  /**
   * The most bytes of one packet that are stored: what programs accept that read captures. A longer
   * one is cut short, as when it had been captured with this snap length.
   */
  int MAX_CAPTURED_BYTES = 262_144;

  /**
   * Appends a packet.
   *
   * @throws IOException if it cannot be written, or not in this format
   */
  void write(Packet packet) throws IOException;
}
