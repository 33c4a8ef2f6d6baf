package dev.conntrace.wire;

import static dev.conntrace.wire.ViewBytes.cutBelow;
import static dev.conntrace.wire.ViewBytes.hex;
import static dev.conntrace.wire.ViewBytes.impossible;
import static dev.conntrace.wire.ViewBytes.lay;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpViewTest {
  private final TcpView view = new TcpView();
  private final byte[] header = hex("FFFE 0050 FFFFFFFF 80000001 F1FF ABCD 1234 0007");

  @Test
  void readsEveryField() {
    lay(view::wrap, header);
    assertEquals(0xFFFE, view.sourcePort());
    assertEquals(80, view.destinationPort());
    assertEquals(-1, view.sequence());
    assertEquals(0x80000001, view.acknowledgment());
    assertEquals(60, view.headerLength());
    assertEquals(0x1FF, view.flags());
    assertEquals(0xABCD, view.windowField());
    assertEquals(0x1234, view.checksum());
    assertEquals(7, view.urgentPointer());
  }

  @Test
  void leavesReservedBitsOutOfTheFlags() {
    lay(view::wrap, hex("0000 0050 00000000 00000000 5E10 0000 0000 0000"));
    assertEquals(TcpFlags.ACK, view.flags());
  }

  @Test
  void needsOnlyTheFixedPart() {
    cutBelow(TcpView.MIN_LENGTH, view::wrap, header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0010", "1010", "4010"})
  void refusesAHeaderShorterThanItsFixedPart(String offsetAndFlags) {
    impossible(view::wrap, hex("0000 0050 00000000 00000000" + offsetAndFlags + "0000 0000 0000"));
  }
}
