package dev.conntrace.wire;

import static dev.conntrace.wire.ViewBytes.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpOptionsTest {
  private final TcpOptions options = new TcpOptions();

  private void parse(String text) {
    byte[] bytes = hex(text);
    options.parse(bytes, 0, bytes.length, bytes.length);
  }

  @Test
  void readsTheOptionsOfASyn() {
    parse("0204 FFD7 0402 080A 00000007 FFFFFFFF 01 0303 07");
    assertTrue(options.hasMss());
    assertEquals(65495, options.mssBytes());
    assertTrue(options.isSackPermitted());
    assertTrue(options.hasTimestamps());
    assertEquals(7, options.timestampValue());
    assertEquals(-1, options.timestampEcho());
    assertTrue(options.hasWindowScale());
    assertEquals(7, options.windowScale());
    assertFalse(options.isMalformed());
  }

  @Test
  void readsSackBlocksAcrossTheWrap() {
    parse("0101 0512 FFFFFFF0 00000010 00000020 00000030");
    assertEquals(2, options.sackBlocks());
    assertEquals(0xFFFFFFF0, options.sackLeft(0));
    assertEquals(0x10, options.sackRight(0));
    assertEquals(0x20, options.sackLeft(1));
    assertEquals(0x30, options.sackRight(1));
  }

  @Test
  void readsTimestampsInTheUsualLayoutAndInAnyOther() {
    for (String layout : new String[] {"0101 080A", "080A", "01 080A", "0101 01 080A"}) {
      parse(layout + "00000007 FFFFFFFF");
      assertTrue(options.hasTimestamps(), layout);
      assertEquals(7, options.timestampValue(), layout);
      assertEquals(-1, options.timestampEcho(), layout);
    }
    parse("0101 080A 00000007 FFFFFFFF 0402");
    assertTrue(options.isSackPermitted());
  }

  @Test
  void readsRarerOptions() {
    parse("2202 1E04 0000 AC05 000000 01");
    assertTrue(options.hasFastOpen());
    assertEquals(0, options.fastOpenCookieLength());
    assertTrue(options.hasMptcp());
    assertTrue(options.hasAccEcn());
    parse("FE0C F989 0102030405060708");
    assertTrue(options.hasFastOpen());
    assertEquals(8, options.fastOpenCookieLength());
  }

  @Test
  void forgetsTheSegmentBefore() {
    parse("0204 05B4 050A 00000001 00000002 0303 07 1E04 0000");
    options.clear();
    assertFalse(options.hasMss());
    assertFalse(options.hasWindowScale());
    assertFalse(options.hasMptcp());
    assertEquals(0, options.sackBlocks());
    parse("080A 00000007 00000008");
    options.clear();
    assertEquals(0, options.timestampValue());
    assertEquals(0, options.timestampEcho());
  }

  @Test
  void stopsAtTheEndOfTheList() {
    parse("00 0204 05B4");
    assertFalse(options.hasMss());
    assertFalse(options.isMalformed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0203 05", // MSS of one byte
        "0304 0707", // scale of two bytes
        "0403 00", // SACK-permitted with a value
        "0507 00000000 00", // half a SACK block
        "0502", // no SACK block
        "0809 00000000000000", // seven bytes of timestamps
        "0800", // a length that would not move on
        "0801",
        "080A 0000", // beyond the header
        "01 08" // no length
      })
  void callsWhatLengthsContradictMalformed(String text) {
    parse(text);
    assertTrue(options.isMalformed());
  }

  @Test
  void keepsWhatCameBeforeAMalformedOption() {
    parse("0204 05B4 0801");
    assertEquals(1460, options.mssBytes());
    assertTrue(options.hasMss());
    assertTrue(options.isMalformed());
  }

  @Test
  void doesNotBlameTheSenderForWhatTheCaptureCut() {
    byte[] bytes = hex("0204 05B4 080A 00000007 00000003 0000");
    for (int captured = 0; captured < bytes.length; captured++) {
      options.parse(bytes, 0, bytes.length, captured);
      assertFalse(options.isMalformed(), "with " + captured + " bytes");
      assertEquals(captured >= 4, options.hasMss());
      assertEquals(captured >= 14, options.hasTimestamps());
    }
  }

  @Test
  void survivesAnyBytes() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[40];
    for (int round = 0; round < 200_000; round++) {
      random.nextBytes(bytes);
      options.parse(bytes, 0, bytes.length, random.nextInt(bytes.length + 1));
      assertTrue(options.sackBlocks() <= TcpOptions.MAX_SACK_BLOCKS);
    }
  }
}
