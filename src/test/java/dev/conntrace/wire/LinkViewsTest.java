package dev.conntrace.wire;

import static dev.conntrace.wire.ViewBytes.cutBelow;
import static dev.conntrace.wire.ViewBytes.hex;
import static dev.conntrace.wire.ViewBytes.lay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkViewsTest {
  @Nested
  class Ethernet {
    private final EthernetView view = new EthernetView();
    private final byte[] header = hex("0123456789AB F23456789ABC 0800");

    @Test
    void readsEveryField() {
      lay(view::wrap, header);
      assertEquals(0x0123456789ABL, view.destination());
      assertEquals(0xF23456789ABCL, view.source());
      assertEquals(EtherType.IPV4, view.typeOrLength());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(EthernetView.LENGTH, view::wrap, header);
    }
  }

  @Nested
  class Vlan {
    private final VlanView view = new VlanView();
    private final byte[] header = hex("B005 86DD");

    @Test
    void readsEveryField() {
      lay(view::wrap, header);
      assertEquals(5, view.id());
      assertEquals(5, view.priority());
      assertEquals(EtherType.IPV6, view.typeOrLength());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(VlanView.LENGTH, view::wrap, header);
    }
  }

  @Nested
  class BackboneTag {
    private final BackboneTagView view = new BackboneTagView();
    private final byte[] header = hex("10 010203");

    @Test
    void readsEveryField() {
      lay(view::wrap, header);
      assertEquals(0x010203, view.serviceId());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(BackboneTagView.LENGTH, view::wrap, header);
    }
  }

  @Nested
  class Sll {
    private final SllView view = new SllView();
    private final byte[] header = hex("0004 0304 0006 0000000000000000 0800");

    @Test
    void readsEveryField() {
      lay(view::wrap, header);
      assertEquals(SllView.OUTGOING, view.packetType());
      assertEquals(772, view.deviceType());
      assertEquals(EtherType.IPV4, view.protocol());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(SllView.LENGTH, view::wrap, header);
    }
  }

  @Nested
  class Sll2 {
    private final Sll2View view = new Sll2View();
    private final byte[] header = hex("86DD 0000 00000007 0304 04 06 0000000000000000");

    @Test
    void readsEveryField() {
      lay(view::wrap, header);
      assertEquals(EtherType.IPV6, view.protocol());
      assertEquals(7, view.interfaceIndex());
      assertEquals(772, view.deviceType());
      assertEquals(SllView.OUTGOING, view.packetType());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(Sll2View.LENGTH, view::wrap, header);
    }
  }

  @Nested
  class Loopback {
    private final LoopbackView view = new LoopbackView();

    @ParameterizedTest
    @ValueSource(strings = {"00000002", "02000000"})
    void knowsIpv4InBothByteOrders(String header) {
      lay(view::wrap, hex(header));
      assertEquals(2, view.family());
      assertTrue(view.isIpv4());
      assertFalse(view.isIpv6());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 23, 24, 28, 30})
    void knowsEverySystemsIpv6InBothByteOrders(int family) {
      byte[] big = {0, 0, 0, (byte) family};
      byte[] little = {(byte) family, 0, 0, 0};
      for (byte[] header : new byte[][] {big, little}) {
        lay(view::wrap, header);
        assertEquals(family, view.family());
        assertTrue(view.isIpv6());
        assertFalse(view.isIpv4());
      }
    }

    @Test
    void leavesOtherFamiliesAlone() {
      lay(view::wrap, hex("00000007"));
      assertFalse(view.isIpv4());
      assertFalse(view.isIpv6());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(LoopbackView.LENGTH, view::wrap, hex("00000002"));
    }
  }

  @Nested
  class Llc {
    private final LlcView view = new LlcView();

    @ParameterizedTest
    @ValueSource(strings = {"AAAA03 000000 0800", "AAAA03 0000F8 0800"})
    void readsTheTypeBehindSnap(String header) {
      lay(view::wrap, hex(header));
      assertTrue(view.isSnap());
      assertEquals(EtherType.IPV4, view.etherType());
      cutBelow(LlcView.SNAP_LENGTH, view::wrap, hex(header));
    }

    @Test
    void knowsNoTypeOfVendorsProtocols() {
      lay(view::wrap, hex("AAAA03 00000C 2000"));
      assertFalse(view.isSnap());
    }

    @Test
    void isShortWithoutSnap() {
      cutBelow(3, view::wrap, hex("424203"));
      assertFalse(view.isSnap());
      assertEquals(0, view.etherType());
    }
  }

  @Nested
  class Ipoib {
    private final IpoibView view = new IpoibView();
    private final byte[] header = hex("00".repeat(40) + "0800 0000");

    @Test
    void readsTheType() {
      lay(view::wrap, header);
      assertEquals(EtherType.IPV4, view.etherType());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(IpoibView.LENGTH, view::wrap, header);
    }
  }

  @Nested
  class Wifi {
    private static final String DURATION_AND_ADDRESSES =
        "0000 010203040506 111213141516 212223242526";
    private final WifiView view = new WifiView();

    @ParameterizedTest
    @CsvSource({
      "08 00, 24", // three addresses
      "08 03, 30", // four
      "88 02, 26", // QoS
      "88 03, 32", // QoS, four addresses
      "88 82, 30", // QoS, HT control
      "88 83, 36", // everything
      "08 80, 24", // the order bit alone means no HT control
    })
    void knowsItsLength(String control, int length) {
      byte[] header = hex(control + DURATION_AND_ADDRESSES + "0000" + "00".repeat(12));
      lay(view::wrap, header);
      assertTrue(view.isData());
      assertEquals(length, view.length());
      cutBelow(length, view::wrap, header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80 00", "B4 00", "48 00", "C8 00", "09 00"})
    void tellsOtherFramesFromData(String control) {
      lay(view::wrap, hex(control + DURATION_AND_ADDRESSES + "0000" + "00".repeat(12)));
      assertFalse(view.isData());
    }

    @Test
    void seesWhatMakesThePayloadUnreadable() {
      lay(view::wrap, hex("08 40" + DURATION_AND_ADDRESSES + "0000"));
      assertTrue(view.isProtected());
      lay(view::wrap, hex("08 04" + DURATION_AND_ADDRESSES + "0000"));
      assertTrue(view.isFragment());
      lay(view::wrap, hex("08 00" + DURATION_AND_ADDRESSES + "0100"));
      assertTrue(view.isFragment());
      lay(view::wrap, hex("88 03" + DURATION_AND_ADDRESSES + "0000 313233343536 8000"));
      assertTrue(view.isAggregate());
    }

    @Test
    void seesNothingWrongInAPlainFrame() {
      lay(view::wrap, hex("08 01" + DURATION_AND_ADDRESSES + "1000"));
      assertFalse(view.isProtected());
      assertFalse(view.isFragment());
      assertFalse(view.isAggregate());
    }
  }
}
