package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketWriterTest {
  private static final long TIME = 1_700_000_000_123_456_000L;
  private static final byte[] WHOLE = {1, 2, 3, 4, 5};
  private static final byte[] SNAPPED = {9, 8, 7};

  private interface Format {
    PacketWriter to(OutputStream out) throws IOException;
  }

  private static byte[] copy(byte[] capture, Format format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(capture));
        PacketWriter writer = format.to(out)) {
      Packet packet = new Packet();
      while (source.next(packet)) {
        writer.write(packet);
      }
    }
    return out.toByteArray();
  }

  @Test
  void aPcapIsCopiedByteForByte() throws IOException {
    byte[] micro =
        PcapBytes.littleEndian().packet(TIME, WHOLE).packet(TIME + 1000, SNAPPED, 1500).toBytes();
    assertArrayEquals(micro, copy(micro, out -> new PcapWriter(out, false, 1)));
    byte[] nano = PcapBytes.littleEndian().nanoseconds().packet(TIME + 7, WHOLE).toBytes();
    assertArrayEquals(nano, copy(nano, out -> new PcapWriter(out, true, 1)));
  }

  @Test
  void aCaptureWithoutPacketsIsStillACapture() throws IOException {
    byte[] none = PcapBytes.littleEndian().linkType(113).toBytes();
    assertArrayEquals(none, copy(none, out -> new PcapWriter(out, false, 113)));
    Reading reading = Reading.of(copy(none, out -> new PcapngWriter(out, false)));
    assertNull(reading.fault());
    assertEquals(0, reading.packets().size());
  }

  @Test
  void pcapngKeepsInterfacesWithTheirLinkTypes() throws IOException {
    byte[] two =
        PcapngBytes.littleEndian()
            .describe(1)
            .describe(113)
            .enhanced(1, TIME / 1000, WHOLE)
            .enhanced(0, TIME / 1000 + 1, SNAPPED)
            .enhanced(1, TIME / 1000 + 2, WHOLE)
            .toBytes();
    for (boolean nanoseconds : List.of(true, false)) {
      Reading reading = Reading.of(copy(two, out -> new PcapngWriter(out, nanoseconds)));
      assertNull(reading.fault());
      assertEquals(List.of(113, 1, 113), linkTypes(reading));
      assertEquals(
          reading.packet(1).interfaceIndex(), reading.packet(3).interfaceIndex(), "interface");
      assertEquals(TIME + 2000, reading.packet(3).timestampNanos());
      assertEquals("090807", reading.packet(2).hex());
    }
    assertThrows(LinkTypeException.class, () -> copy(two, out -> new PcapWriter(out, false, 113)));
  }

  private static List<Integer> linkTypes(Reading reading) {
    return reading.packets().stream().map(Reading.Captured::linkType).toList();
  }

  @Test
  void lengthsOfCutPacketsSurvive() throws IOException {
    byte[] snapped = PcapBytes.bigEndian().packet(TIME, SNAPPED, 4_000_000_000L).toBytes();
    for (Format format :
        List.<Format>of(out -> new PcapWriter(out, true, 1), out -> new PcapngWriter(out, true))) {
      Reading.Captured packet = Reading.of(copy(snapped, format)).packet(1);
      assertEquals(4_000_000_000L, packet.originalLength());
      assertEquals("090807", packet.hex());
      assertEquals(TIME, packet.timestampNanos());
    }
  }

  @Test
  void timesThatAFormatCannotHoldBecomeTheNearest() throws IOException {
    assertEquals(0, written(Packet.NO_TIMESTAMP).timestampNanos());
    assertEquals(0, written(-5_000_000_000L).timestampNanos());
    assertEquals(
        0xFFFFFFFFL, written(0x1_2345_6789L * 1_000_000_000).timestampNanos() / 1_000_000_000);
  }

  private static Reading.Captured written(long timeNanos) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PacketWriter writer = new PcapWriter(out, true, 1)) {
      writer.write(packet(timeNanos, WHOLE));
    }
    return Reading.of(out.toByteArray()).packet(1);
  }

  private static Packet packet(long timeNanos, byte[] bytes) {
    Packet packet = new Packet();
    packet.set(bytes, 0, bytes.length, bytes.length);
    packet.describe(1, timeNanos, 1, 0);
    return packet;
  }

  @Test
  void whatNoReaderWouldAcceptIsCutShort() throws IOException {
    for (Format format :
        List.<Format>of(out -> new PcapWriter(out, true, 1), out -> new PcapngWriter(out, true))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (PacketWriter writer = format.to(out)) {
        writer.write(packet(TIME, new byte[300_001]));
        writer.write(packet(TIME, WHOLE));
      }
      Reading reading = Reading.of(out.toByteArray());
      assertNull(reading.fault());
      assertEquals(300_001, reading.packet(1).originalLength());
      assertTrue(reading.packet(1).hex().length() < 2 * 300_001);
      assertEquals("0102030405", reading.packet(2).hex());
    }
  }
}
