package dev.conntrace.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.Reading.Captured;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PcapngReaderTest {
  private static final long NOON_MICROS = 1_700_000_000_123_456L;
  private static final byte[] BYTES = {1, 2, 3, 4, 5};
  private static final String HEX = "0102030405";
  private static final int CUSTOM_BLOCK = 0x0BAD;
  private static final int UNKNOWN_BLOCK = 0x4242;

  private static Reading read(PcapngBytes file) {
    Reading reading = Reading.of(file.toBytes());
    assertNull(reading.fault());
    assertEquals(file.size(), reading.bytesRead());
    return reading;
  }

  private static String faultOf(PcapngBytes file) {
    String fault = Reading.of(file.toBytes()).fault();
    return fault == null ? "none" : fault;
  }

  @Nested
  class Packets {
    @Test
    void readsEnhancedPacketsInBothByteOrders() {
      for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
        Reading reading =
            read(PcapngBytes.in(order).describe(1).enhanced(0, NOON_MICROS, BYTES, 1500));

        assertEquals(
            List.of(new Captured(1, NOON_MICROS * 1000, 1, 0, 1500, HEX)), reading.packets());
        assertEquals(
            "pcapng, " + (order == BIG_ENDIAN ? "big" : "little") + "-endian", reading.format());
      }
    }

    @Test
    void readsSimplePacketsWithoutATimestamp() {
      Reading reading = read(PcapngBytes.bigEndian().describe(113).simple(BYTES, 5));

      assertEquals(
          List.of(new Captured(1, Packet.NO_TIMESTAMP, 113, 0, 5, HEX)), reading.packets());
    }

    @Test
    void cutsSimplePacketsAtTheSnapLength() {
      Reading reading =
          read(PcapngBytes.littleEndian().describe(1, 5).simple(new byte[] {1, 2, 3, 4, 5}, 99));

      assertEquals(List.of(new Captured(1, Packet.NO_TIMESTAMP, 1, 0, 99, HEX)), reading.packets());
    }

    @Test
    void takesNoMoreOfASimplePacketThanTheBlockHolds() {
      Reading reading = read(PcapngBytes.littleEndian().describe(1).simple(new byte[8], 99));

      assertEquals("0000000000000000", reading.packet(1).hex());
    }

    @Test
    void readsObsoletePackets() {
      Reading reading =
          read(PcapngBytes.bigEndian().describe(1).describe(101).old(1, NOON_MICROS, BYTES));

      assertEquals(List.of(new Captured(1, NOON_MICROS * 1000, 101, 1, 5, HEX)), reading.packets());
    }

    @Test
    void countsOnlyPacketsAsFrames() {
      Reading reading =
          read(
              PcapngBytes.littleEndian()
                  .describe(1)
                  .block(4, body -> body.u32(0))
                  .enhanced(0, 1, BYTES)
                  .block(UNKNOWN_BLOCK, body -> {})
                  .statistics(0, 0, 0)
                  .simple(BYTES, 5)
                  .block(CUSTOM_BLOCK, body -> body.raw(new byte[100])));

      assertEquals(List.of(1L, 2L), reading.packets().stream().map(Captured::frame).toList());
    }

    @Test
    void skipsUnknownBlocksOfAnySize() {
      byte[] large = new byte[2_000_003];
      PcapngBytes file =
          PcapngBytes.littleEndian()
              .describe(1)
              .block(UNKNOWN_BLOCK, body -> body.raw(large))
              .enhanced(0, 0, BYTES);

      assertEquals(HEX, read(file).packet(1).hex());
    }

    @Test
    void readsAStreamThatComesByteByByte() {
      byte[] file =
          PcapngBytes.bigEndian()
              .describe(1)
              .block(UNKNOWN_BLOCK, body -> body.raw(new byte[50]))
              .enhanced(0, 7, BYTES)
              .toBytes();

      assertEquals(Reading.of(file), Reading.of(new Dribble(file)));
    }
  }

  @Nested
  class Interfaces {
    @Test
    void keepsLinkTypeAndClockOfEachInterface() {
      Reading reading =
          read(
              PcapngBytes.littleEndian()
                  .describe(1)
                  .describe(101, 9, 0)
                  .describe(276, 0x80 | 10, 100)
                  .enhanced(2, 512, BYTES)
                  .enhanced(1, 512, BYTES)
                  .enhanced(0, 512, BYTES));

      assertEquals(
          List.of(
              new Captured(1, 100_500_000_000L, 276, 2, 5, HEX),
              new Captured(2, 512, 101, 1, 5, HEX),
              new Captured(3, 512_000, 1, 0, 5, HEX)),
          reading.packets());
    }

    @Test
    void takesNegativeTimeOffsets() {
      Reading reading =
          read(PcapngBytes.bigEndian().describe(1, 6, -2).enhanced(0, 1_000_000, BYTES));

      assertEquals(-1_000_000_000L, reading.packet(1).timestampNanos());
    }

    @Test
    void startsInterfacesAnewInEachSection() {
      Reading reading =
          read(
              PcapngBytes.littleEndian()
                  .describe(1)
                  .describe(101)
                  .enhanced(1, 1, BYTES)
                  .section(BIG_ENDIAN)
                  .describe(113)
                  .enhanced(0, 2, BYTES)
                  .section(LITTLE_ENDIAN, 1, 12345)
                  .describe(0)
                  .simple(BYTES, 5));

      assertEquals(
          List.of(
              new Captured(1, 1_000, 101, 1, 5, HEX),
              new Captured(2, 2_000, 113, 2, 5, HEX),
              new Captured(3, Packet.NO_TIMESTAMP, 0, 3, 5, HEX)),
          reading.packets());
    }

    @Test
    void refusesPacketsOfInterfacesThatAreNotDescribed() {
      assertEquals(
          "-: a packet block names interface 1, but the section describes only 1"
              + " (at byte 96, after frame 0)",
          faultOf(PcapngBytes.littleEndian().describe(1, 6, 0).enhanced(1, 0, BYTES)));
      assertTrue(
          faultOf(PcapngBytes.littleEndian().describe(1).enhanced(-1, 0, BYTES))
              .contains("names interface 4294967295"));
      assertTrue(
          faultOf(PcapngBytes.littleEndian().simple(BYTES, 5)).contains("names interface 0"));
      assertTrue(
          faultOf(PcapngBytes.littleEndian().describe(1).section(LITTLE_ENDIAN).old(0, 0, BYTES))
              .contains("names interface 0"));
    }

    @Test
    void refusesMoreInterfacesThanItKeeps() {
      PcapngBytes file = PcapngBytes.littleEndian();
      for (int i = 0; i < PcapngInterfaces.MAX_IN_SECTION; i++) {
        file.describe(1);
      }
      int last = PcapngInterfaces.MAX_IN_SECTION - 1;
      file.enhanced(last, 0, BYTES);

      assertEquals(last, read(file).packet(1).interfaceIndex());
      assertTrue(faultOf(file.describe(1)).contains("describes more than 1048576 interfaces"));
    }

    @Test
    void refusesDescriptionsWhoseOptionsContradictThemselves() {
      String fault = "options that are cut off or of a wrong length";
      assertTrue(
          faultOf(
                  PcapngBytes.bigEndian()
                      .describe(
                          1, 0, options -> options.option(PcapngBytes.IF_TSRESOL, new byte[2])))
              .contains(fault));
      assertTrue(
          faultOf(
                  PcapngBytes.bigEndian()
                      .describe(
                          1, 0, options -> options.option(PcapngBytes.IF_TSOFFSET, new byte[4])))
              .contains(fault));
      assertTrue(
          faultOf(
                  PcapngBytes.bigEndian()
                      .describe(1, 0, options -> options.u16(2).u16(5).raw(new byte[4])))
              .contains(fault));
    }

    @Test
    void endsOptionsAtTheirEndMark() {
      Reading reading =
          read(
              PcapngBytes.littleEndian()
                  .describe(1, 0, options -> options.u32(0).u16(2).u16(0xFFFF))
                  .enhanced(0, 0, BYTES));

      assertEquals(1, reading.packets().size());
    }
  }

  @Nested
  class Statistics {
    @Test
    void addsUpDropsOfAllInterfacesAndSections() {
      Reading reading =
          read(
              PcapngBytes.littleEndian()
                  .describe(1)
                  .describe(1)
                  .statistics(0, 1, 2)
                  .statistics(1, 10, 20)
                  .section(BIG_ENDIAN)
                  .describe(1)
                  .statistics(0, 100, 200));

      assertEquals(333, reading.droppedPackets());
    }

    @Test
    void replacesEarlierCountsOfAnInterfaceByLaterOnes() {
      Reading reading =
          read(
              PcapngBytes.littleEndian()
                  .describe(1)
                  .statistics(0, 5, 6)
                  .statistics(0, options -> options.option64(PcapngBytes.ISB_IFDROP, 7)));

      assertEquals(13, reading.droppedPackets());
    }

    @Test
    void ignoresCountsThatAreNone() {
      Reading reading =
          read(
              PcapngBytes.littleEndian()
                  .describe(1)
                  .statistics(0, -1, 1L << 62)
                  .statistics(3, 1, 1)
                  .statistics(0, options -> options.option(PcapngBytes.ISB_OSDROP, new byte[4])));

      assertEquals(0, reading.droppedPackets());
    }

    @Test
    void saysNothingWithoutStatistics() {
      assertEquals(0, read(PcapngBytes.littleEndian().describe(1)).droppedPackets());
    }
  }

  @Nested
  class Damage {
    @Test
    void refusesImpossibleBlockLengths() {
      for (long length : new long[] {0, 8, 11, 13, 33}) {
        String fault =
            faultOf(PcapngBytes.littleEndian().raw(bytes -> bytes.u32(6).u32(length).u64(0)));

        assertTrue(fault.contains("impossible length of " + length + " bytes"), fault);
      }
    }

    @Test
    void refusesBlocksTooShortForTheirFields() {
      for (int type : new int[] {1, 2, 3, 5, 6}) {
        String fault = faultOf(PcapngBytes.littleEndian().describe(1).block(type, body -> {}));

        assertTrue(fault.contains("impossible length of 12 bytes"), fault);
      }
    }

    @Test
    void refusesPacketBlocksOfAbsurdLengthWithoutTakingMemory() {
      String fault =
          faultOf(PcapngBytes.littleEndian().raw(bytes -> bytes.u32(6).u32(0xFFFFFFFCL).u64(0)));

      assertTrue(fault.contains("impossible length of 4294967292 bytes"), fault);
    }

    @Test
    void refusesBlocksWhoseLengthsDiffer() {
      assertEquals(
          "-: an enhanced packet block has two different lengths, 32 and 36"
              + " (at byte 60, after frame 0)",
          faultOf(
              PcapngBytes.littleEndian()
                  .describe(1)
                  .raw(bytes -> bytes.u32(6).u32(32).raw(new byte[20]).u32(36))));
      assertTrue(
          faultOf(PcapngBytes.bigEndian().raw(bytes -> bytes.u32(99).u32(12).u32(0)))
              .contains("a block of type 99 has two different lengths, 12 and 0"));
    }

    @Test
    void refusesPacketsLargerThanTheirBlock() {
      for (long captured : new long[] {5, 0xFFFFFFFFL}) {
        PcapngBytes file =
            PcapngBytes.littleEndian()
                .describe(1)
                .block(6, body -> body.u32(0).u64(0).u32(captured).u32(5).raw(new byte[4]));

        assertTrue(
            faultOf(file).contains("of 36 bytes states a captured length of " + captured),
            faultOf(file));
      }
    }

    @Test
    void refusesSectionsWithoutByteOrderOrOfAnotherVersion() {
      assertTrue(
          faultOf(PcapngBytes.littleEndian().block(0x0A0D0D0A, body -> body.raw(new byte[16])))
              .contains("no byte-order magic"));
      assertTrue(
          faultOf(PcapngBytes.littleEndian().section(BIG_ENDIAN, 2, -1))
              .contains("pcapng version 2 is not supported"));
    }

    @Test
    void saysTheSameDamageAgainWhenAskedAgain() throws Exception {
      byte[] file =
          PcapngBytes.littleEndian()
              .describe(1)
              .enhanced(0, 0, BYTES)
              .raw(bytes -> bytes.u32(UNKNOWN_BLOCK).u32(1 << 30).u32(0))
              .toBytes();

      try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(file))) {
        Packet packet = new Packet();
        assertTrue(source.next(packet));
        String first = assertThrows(CaptureException.class, () -> source.next(packet)).getMessage();
        assertTrue(first.contains("is cut off: 12 of 1073741824 bytes"), first);
        assertEquals(
            first, assertThrows(CaptureException.class, () -> source.next(packet)).getMessage());
      }
    }
  }
}
