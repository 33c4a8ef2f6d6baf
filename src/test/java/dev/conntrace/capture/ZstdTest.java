package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZstdTest {
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_BYTES = 19;
  private static final int FRAME_HEADER_BYTES = 6;
  private static final int BLOCK_HEADER_BYTES = 3;

  private static String faultOf(int... frame) {
    byte[] bytes = new byte[64];
    bytes[0] = 0x28;
    bytes[1] = (byte) 0xB5;
    bytes[2] = 0x2F;
    bytes[3] = (byte) 0xFD;
    for (int i = 0; i < frame.length; i++) {
      bytes[4 + i] = (byte) frame[i];
    }
    return String.valueOf(Reading.of(bytes).fault());
  }

  @Test
  void returnsWhatLiesBeforeACorruptBlockAlthoughTheLibraryHoldsItBack() {
    byte[] plain = CompressedTest.packets(1_000);
    int blockBytes = 1_000;
    byte[] packed = ZstdBytes.stored(plain, blockBytes);
    for (int block : List.of(1, 7)) {
      byte[] damaged = packed.clone();
      int at = FRAME_HEADER_BYTES + block * (BLOCK_HEADER_BYTES + blockBytes);
      // Now it says that it is packed, which its content contradicts.
      damaged[at] = (byte) (damaged[at] | 4);
      Reading reading = Reading.of(damaged);

      assertEquals(
          (block * blockBytes - FILE_HEADER_BYTES) / RECORD_BYTES, reading.packets().size());
      assertTrue(String.valueOf(reading.fault()).contains("cannot be unpacked"), reading.fault());
    }
  }

  @Test
  void returnsWhatLiesBeforeABlockOfAnImpossibleKind() {
    byte[] packed = ZstdBytes.stored(CompressedTest.packets(1_000), 1_000);
    packed[FRAME_HEADER_BYTES + BLOCK_HEADER_BYTES + 1_000] |= 6;
    Reading reading = Reading.of(packed);

    assertEquals((1_000 - FILE_HEADER_BYTES) / RECORD_BYTES, reading.packets().size());
    assertTrue(String.valueOf(reading.fault()).contains("impossible header"), reading.fault());
  }

  @Test
  void refusesWindowsThatWouldCostTooMuchMemory() {
    assertTrue(faultOf(0, 14 << 3).contains("needs a window of 16 MB, over the limit of 8 MB"));
    assertTrue(faultOf(0, 17 << 3).contains("zstd -d --long=31"));
    // No window, content size in eight bytes: 2^40.
    assertTrue(faultOf(0xE0, 0, 0, 0, 0, 0, 1).contains("needs a window of 1048576 MB"));
  }
}
