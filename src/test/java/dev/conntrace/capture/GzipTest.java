package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipTest {
  private static final int TRAILER_BYTES = 8;

  private static PcapBytes packets(int count) {
    PcapBytes file = PcapBytes.littleEndian();
    for (int i = 0; i < count; i++) {
      file.packet(i * 1_000L, new byte[] {(byte) i, (byte) (i >> 8), (byte) (31 * i)});
    }
    return file;
  }

  private static void assertReadsLikePlain(byte[] plain, byte[] packed) {
    Reading reading = Reading.of(packed);
    assertNull(reading.fault());
    assertEquals(Reading.of(plain).packets(), reading.packets());
    assertEquals("pcap, little-endian, microseconds, gzip", reading.format());
    assertEquals(packed.length, reading.bytesRead());
    assertEquals(reading, Reading.of(new Dribble(packed)));
  }

  @Test
  void unpacksOneMember() {
    byte[] plain = packets(100).toBytes();

    assertReadsLikePlain(plain, GzipBytes.member(plain));
  }

  @Test
  void unpacksMembersOneAfterTheOther() {
    byte[] plain = packets(100).toBytes();
    byte[] packed =
        GzipBytes.join(
            GzipBytes.member(Arrays.copyOf(plain, 7)),
            GzipBytes.member(new byte[0]),
            GzipBytes.member(Arrays.copyOfRange(plain, 7, 1000)),
            GzipBytes.member(Arrays.copyOfRange(plain, 1000, plain.length)));

    assertReadsLikePlain(plain, packed);
  }

  @Test
  void stepsOverOptionalHeaderFields() {
    byte[] plain = packets(3).toBytes();

    assertReadsLikePlain(plain, GzipBytes.memberWithEveryField(plain));
  }

  @Test
  void ignoresZerosAfterTheLastMember() {
    byte[] plain = packets(3).toBytes();

    assertReadsLikePlain(plain, GzipBytes.join(GzipBytes.member(plain), new byte[512]));
  }

  @Test
  void reportsOtherDataAfterTheLastMember() {
    byte[] packed = GzipBytes.join(GzipBytes.member(packets(3).toBytes()), new byte[] {1});

    Reading reading = Reading.of(packed);

    assertEquals(3, reading.packets().size());
    assertTrue(String.valueOf(reading.fault()).contains("other data follows"), reading.fault());
  }

  @Test
  void returnsAllThatIsReadableOfACutFile() {
    PcapBytes file = packets(200);
    byte[] packed = GzipBytes.member(file.toBytes());
    int before = 0;
    for (int length = 0; length < packed.length; length++) {
      Reading reading = Reading.of(packed, length);
      assertNotNull(reading.fault(), "cut at " + length);
      assertTrue(reading.packets().size() >= before, "cut at " + length);
      before = reading.packets().size();
    }
    assertEquals(200, before);
  }

  @Test
  void namesWhereACutFileEnds() {
    byte[] packed = GzipBytes.member(packets(3).toBytes());
    int trailerAt = packed.length - TRAILER_BYTES;

    assertEquals(
        "-: reading broke off: the gzip data ends too soon, after byte "
            + trailerAt
            + " (at byte 81, after frame 3)",
        Reading.of(packed, trailerAt).fault());
  }

  @Test
  void returnsWhatWasUnpackedBeforeCorruptData() {
    byte[] plain = packets(20_000).toBytes();
    byte[] packed = GzipBytes.stored(plain);
    // The second stored block's length no longer fits its complement.
    packed[10 + 5 + 65_535 + 1] ^= 1;

    Reading reading = Reading.of(packed);

    assertEquals((65_535 - 24) / 19, reading.packets().size());
    assertTrue(String.valueOf(reading.fault()).contains("gzip data is corrupt"), reading.fault());
  }

  @Test
  void reportsAWrongChecksumAfterEveryPacket() {
    byte[] packed = GzipBytes.member(packets(10).toBytes());
    packed[packed.length - TRAILER_BYTES] ^= 1;

    Reading reading = Reading.of(packed);

    assertEquals(10, reading.packets().size());
    assertTrue(String.valueOf(reading.fault()).contains("checksum does not fit"), reading.fault());
  }

  @Test
  void reportsAWrongLengthAfterEveryPacket() {
    byte[] packed = GzipBytes.member(packets(10).toBytes());
    packed[packed.length - 1] ^= 1;

    Reading reading = Reading.of(packed);

    assertEquals(10, reading.packets().size());
    assertTrue(String.valueOf(reading.fault()).contains("length does not fit"), reading.fault());
  }

  @Test
  void reportsWhatItCannotUnpack() {
    byte[] method = GzipBytes.member(packets(1).toBytes());
    method[2] = 7;
    assertTrue(String.valueOf(Reading.of(method).fault()).contains("unknown compression method"));

    byte[] flags = GzipBytes.member(packets(1).toBytes());
    flags[3] = (byte) 0x80;
    assertTrue(String.valueOf(Reading.of(flags).fault()).contains("unknown header flags"));
  }

  @Test
  void namesWhatIsInsideIfItIsNoCapture() {
    assertEquals(
        "-: not a capture (starts with 47 45 54 20); pcap and pcapng can be read",
        Reading.of(GzipBytes.member("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII))).fault());
    assertEquals(
        "-: is empty, not even a capture's file header is there",
        Reading.of(GzipBytes.member(new byte[0])).fault());
  }
}
