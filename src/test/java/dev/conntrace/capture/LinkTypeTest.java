package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class LinkTypeTest {
  @Test
  void findsEveryConstantByItsNumber() {
    for (LinkType type : LinkType.values()) {
      assertSame(type, LinkType.of(type.number()));
    }
  }

  @Test
  void takesPlatformNumbersOfRawIpForRawIp() {
    assertSame(LinkType.RAW, LinkType.of(12));
    assertSame(LinkType.RAW, LinkType.of(14));
  }

  @Test
  void answersUnknownForEveryOtherNumber() {
    for (int number :
        new int[] {-1, 2, 127, 275, 277, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertSame(LinkType.UNKNOWN, LinkType.of(number));
    }
  }

  @Test
  void namesKnownAndUnknownNumbers() {
    assertEquals("EN10MB (1)", LinkType.nameOf(1));
    assertEquals("RAW (12)", LinkType.nameOf(12));
    assertEquals("USB_LINUX_MMAPPED (220)", LinkType.nameOf(220));
    assertEquals("USER3 (150)", LinkType.nameOf(150));
    assertEquals("link type 999", LinkType.nameOf(999));
  }
}
