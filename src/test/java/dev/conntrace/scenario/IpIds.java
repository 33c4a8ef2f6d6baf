package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes the identifications out of a capture, as IPv6 and some senders of IPv4 have none. */
final class IpIds {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int RAW_IP = 101;

  private IpIds() {}

  /** Zeroes them in a little-endian pcap file of bare IPv4 packets, and mends the checksums. */
  static void zero(byte[] pcap) {
    ByteBuffer file = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(RAW_IP, file.getInt(20));
    int at = FILE_HEADER;
    while (at < pcap.length) {
      int length = file.getInt(at + 8);
      zeroPacket(ByteBuffer.wrap(pcap, at + RECORD_HEADER, length).slice());
      at += RECORD_HEADER + length;
    }
  }

  private static void zeroPacket(ByteBuffer packet) {
    assertEquals(4, packet.get(0) >> 4);
    packet.putShort(4, (short) 0);
    packet.putShort(10, (short) 0);
    int sum = 0;
    for (int i = 0; i < 4 * (packet.get(0) & 0xF); i += 2) {
      sum += packet.getShort(i) & 0xFFFF;
    }
    sum = (sum & 0xFFFF) + (sum >>> 16);
    packet.putShort(10, (short) ~(sum + (sum >>> 16)));
  }
}
