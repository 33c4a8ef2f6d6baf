package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;

class Lz4Test {
  /** One block that is literals alone. */
  private static byte[] literals(byte[] plain) {
    OrderedBytes block = new OrderedBytes(ByteOrder.LITTLE_ENDIAN).raw((byte) 0xF0);
    int more = plain.length - 15;
    for (; more >= 255; more -= 255) {
      block.raw((byte) 255);
    }
    return block.raw((byte) more).raw(plain).toBytes();
  }

  private static String faultOfBlock(int... packed) {
    byte[] block = new byte[packed.length];
    for (int i = 0; i < packed.length; i++) {
      block[i] = (byte) packed[i];
    }
    return String.valueOf(Reading.of(Lz4Bytes.linked(block)).fault());
  }

  @Test
  void unpacksBlocksThatReferToTheOneBefore() {
    byte[] file = PcapBytes.littleEndian().packet(0, new byte[] {7, 8, 9}).toBytes();
    // No literals, 19 bytes from 19 bytes before.
    byte[] again = {15, 19, 0, 0};
    Reading reading = Reading.of(Lz4Bytes.linked(literals(file), again));

    assertEquals(2, reading.packets().size(), reading.fault());
    assertEquals("070809", reading.packet(2).hex());
  }

  @Test
  void refusesBlocksThatContradictThemselves() {
    assertTrue(faultOfBlock(0x10, 1, 5, 0).contains("before the beginning"));
    assertTrue(faultOfBlock(0x10, 1, 0, 0).contains("before the beginning"));
    assertTrue(faultOfBlock(0x50, 1).contains("inside its literals"));
    assertTrue(faultOfBlock(0x10, 1, 1).contains("inside an offset"));
    int[] endless = new int[3000];
    Arrays.fill(endless, 255);
    endless[0] = 0x1F;
    endless[1] = 1;
    endless[2] = 1;
    endless[3] = 0;
    assertTrue(faultOfBlock(endless).contains("larger than it may be"));
  }

  @Test
  void refusesHeadersOfAnotherVersionOrWithAWrongChecksum() {
    byte[] frame = Lz4Bytes.frame(CompressedTest.packets(1));
    frame[6] ^= 1;
    assertTrue(String.valueOf(Reading.of(frame).fault()).contains("header's checksum"));
  }

  @Test
  void checksumIsThatOfTheLibraryForEveryLengthAndInPieces() {
    byte[] bytes = CompressedTest.packets(10);
    for (int length = 0; length <= bytes.length; length++) {
      int expected = XXHashFactory.safeInstance().hash32().hash(bytes, 0, length, 0);
      assertEquals(expected, XxHash32.of(bytes, 0, length), "length " + length);
      XxHash32 pieces = new XxHash32();
      for (int at = 0; at < length; at += 7) {
        pieces.update(bytes, at, Math.min(7, length - at));
      }
      assertEquals(expected, pieces.value(), "in pieces, length " + length);
    }
  }
}
