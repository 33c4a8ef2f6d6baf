package dev.conntrace.wire;

import static dev.conntrace.wire.ViewBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
  @Test
  void sumsTheExampleOfRfc1071() {
    byte[] bytes = hex("0001 F203 F4F5 F6F7");
    assertEquals(0xDDF2, InternetChecksum.fold(InternetChecksum.sum(bytes, 0, bytes.length)));
  }

  @Test
  void agreesWithTheSumByWordsAtEveryLength() {
    long seed = 7;
    byte[] bytes = new byte[80];
    new SplittableRandom(seed).nextBytes(bytes);
    for (int length = 0; length < bytes.length; length++) {
      assertEquals(
          byWords(Arrays.copyOf(bytes, length)),
          InternetChecksum.fold(InternetChecksum.sum(bytes, 0, length)),
          "of " + length + " bytes");
    }
  }

  @Test
  void foldsTheLargestSums() {
    byte[] ones = new byte[1 << 20];
    Arrays.fill(ones, (byte) 0xFF);
    assertEquals(0xFFFF, InternetChecksum.fold(InternetChecksum.sum(ones, 0, ones.length)));
    assertEquals(0xFFFF, InternetChecksum.fold(0xFFFF_FFFF_FFFFL));
    assertEquals(1, InternetChecksum.fold(0x1_0000_0000L));
  }

  private static int byWords(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += (bytes[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return sum;
  }
}
