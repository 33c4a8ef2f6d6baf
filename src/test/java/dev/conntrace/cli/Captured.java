package dev.conntrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small pcap files whose packets mean nothing. */
final class Captured {
  private static final int PACKET_BYTES = 20;

  private Captured() {}

  /** Returns a pcap with so many packets. */
  static byte[] packets(int count) {
    ByteBuffer bytes =
        ByteBuffer.allocate(24 + count * (16 + PACKET_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
    bytes.putInt(262_144).putInt(1);
    for (int i = 0; i < count; i++) {
      bytes.putInt(1_700_000_000 + i).putInt(0).putInt(PACKET_BYTES).putInt(PACKET_BYTES);
      bytes.put(new byte[PACKET_BYTES]);
    }
    return bytes.array();
  }

  /** Writes a file into a folder and returns its path. */
  static Path file(Path folder, String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
