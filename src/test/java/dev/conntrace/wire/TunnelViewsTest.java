package dev.conntrace.wire;

import static dev.conntrace.wire.ViewBytes.cutBelow;
import static dev.conntrace.wire.ViewBytes.hex;
import static dev.conntrace.wire.ViewBytes.impossible;
import static dev.conntrace.wire.ViewBytes.lay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelViewsTest {
  @Nested
  class Gre {
    private final GreView view = new GreView();

    @ParameterizedTest
    @CsvSource({
      "0000, 4",
      "8000, 8",
      "2000, 8",
      "1000, 8",
      "3000, 12",
      "B000, 16",
      "3081, 16",
      "0080, 4"
    })
    void countsTheFieldsThatItsFlagsAnnounce(String flags, int length) {
      byte[] header = hex(flags + "0800" + "00".repeat(16));
      lay(view::wrap, header);
      assertEquals(length, view.length());
      assertEquals(EtherType.IPV4, view.protocol());
      cutBelow(length, view::wrap, header);
    }

    @Test
    void knowsItsFlags() {
      lay(view::wrap, hex("1000 0800 00000000"));
      assertTrue(view.hasSequence());
      assertFalse(view.hasKey());
      assertEquals(0, view.version());
      lay(view::wrap, hex("2001 880B 00000000"));
      assertFalse(view.hasSequence());
      assertEquals(1, view.version());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "2000 0800 89ABCDEF",
          "A000 0800 12340000 89ABCDEF",
          "B000 0800 00000000 89ABCDEF 00000001"
        })
    void findsTheKeyBehindTheChecksum(String header) {
      lay(view::wrap, hex(header));
      assertTrue(view.hasKey());
      assertEquals(0x89ABCDEF, view.key());
    }

    @Test
    void takesTheKeyOfBridgedEthernetForAVirtualNetworkUnlessItsNumberIsReserved() {
      lay(view::wrap, hex("2000 6558 00100007"));
      assertTrue(view.isVirtualNetwork());
      assertEquals(0x1000, view.virtualNetworkId());
      for (String other : new String[] {"2000 6558 000FFFFF", "2000 0800 00100007"}) {
        lay(view::wrap, hex(other));
        assertFalse(view.isVirtualNetwork(), other);
      }
      lay(view::wrap, hex("3000 6558 00100007 00000001"));
      assertFalse(view.isVirtualNetwork());
    }

    @Test
    void stepsOverSourceRoutes() {
      byte[] header = hex("4000 0800 00000000 0002 0004 C0000201 0002 0004 C0000202 0000 0000");
      lay(view::wrap, header);
      assertEquals(28, view.length());
      cutBelow(28, view::wrap, header);
    }

    @Test
    void isCutWhereSourceRoutesHaveNoEnd() {
      byte[] header = hex("4000 0800 00000000" + "000200FF".repeat(64));
      assertEquals(Fit.CUT, view.wrap(header, 0, header.length));
    }
  }

  @Nested
  class Erspan {
    private final ErspanView view = new ErspanView();

    @ParameterizedTest
    @CsvSource({"10, 00, 8", "20, 00, 12", "20, 01, 20"})
    void knowsItsTypesByTheirVersion(String version, String last, int length) {
      byte[] header = hex(version + "00 F3FF" + "00".repeat(7) + last + "00".repeat(8));
      lay(view::wrap, header);
      assertEquals(length, view.length());
      assertEquals(0x3FF, view.session());
      cutBelow(length, view::wrap, header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "30", "F0"})
    void refusesOtherVersions(String version) {
      impossible(view::wrap, hex(version + "00".repeat(19)));
    }
  }

  @Nested
  class Mpls {
    private final MplsView view = new MplsView();

    @Test
    void readsEveryField() {
      lay(view::wrap, hex("FFFFF1 40"));
      assertEquals(0xFFFFF, view.label());
      assertTrue(view.isBottom());
      lay(view::wrap, hex("000100 40"));
      assertEquals(16, view.label());
      assertFalse(view.isBottom());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(MplsView.LENGTH, view::wrap, hex("000101 40"));
    }
  }

  @Nested
  class Ppp {
    private final PppView view = new PppView();

    @ParameterizedTest
    @CsvSource({"FF03 0021, 4", "0021 0000, 2", "2145 0000, 1", "FF03 2145, 3"})
    void findsIpv4HoweverShortItIsWritten(String header, int length) {
      lay(view::wrap, hex(header));
      assertTrue(view.isIpv4());
      assertFalse(view.isIpv6());
      assertEquals(length, view.length());
    }

    @Test
    void knowsIpv6AndMpls() {
      lay(view::wrap, hex("0057"));
      assertTrue(view.isIpv6());
      lay(view::wrap, hex("0281"));
      assertTrue(view.isMpls());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(4, view::wrap, hex("FF03 0021"));
      cutBelow(2, view::wrap, hex("0021"));
    }
  }

  @Nested
  class Pppoe {
    private final PppoeView view = new PppoeView();

    @Test
    void readsTheSession() {
      lay(view::wrap, hex("11 00 ABCD 0016"));
      assertEquals(0xABCD, view.sessionId());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(PppoeView.LENGTH, view::wrap, hex("11 00 ABCD 0016"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"21 00", "11 09"})
    void refusesWhatIsNoSessionData(String start) {
      impossible(view::wrap, hex(start + "ABCD 0016"));
    }
  }

  @Nested
  class Udp {
    private final UdpView view = new UdpView();
    private final byte[] header = hex("FFFE 12B5 0008 0000");

    @Test
    void readsThePorts() {
      lay(view::wrap, header);
      assertEquals(0xFFFE, view.sourcePort());
      assertEquals(4789, view.destinationPort());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(UdpView.LENGTH, view::wrap, header);
    }
  }

  @Nested
  class UdpLengths {
    private final UdpView view = new UdpView();

    @ParameterizedTest
    @CsvSource({"0008, 8, 0", "000D, 20, 5", "0000, 20, 12", "0007, 20, 12", "FFFF, 20, 12"})
    void comeFromTheHeaderIfTheyFitIn(String length, long carried, int payload) {
      lay(view::wrap, hex("FFFE 12B5" + length + "0000"));
      assertEquals(payload, view.payloadLength(carried));
    }

    @Test
    void areNeverNegativeOrTooLarge() {
      lay(view::wrap, hex("FFFE 12B5 0000 0000"));
      assertEquals(0, view.payloadLength(3));
      assertEquals(Integer.MAX_VALUE, view.payloadLength(1L << 40));
    }
  }

  @Nested
  class Vxlan {
    private final VxlanView view = new VxlanView();
    private final byte[] header = hex("08 000000 ABCDEF 00");

    @Test
    void readsTheNetwork() {
      lay(view::wrap, header);
      assertEquals(0xABCDEF, view.networkId());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(VxlanView.LENGTH, view::wrap, header);
    }

    @Test
    void namesWhatFollowsWhereTheExtensionSaysSo() {
      lay(view::wrap, header);
      assertFalse(view.hasNextProtocol());
      lay(view::wrap, hex("0C 000001 ABCDEF 00"));
      assertTrue(view.hasNextProtocol());
      assertEquals(VxlanView.IPV4, view.nextProtocol());
    }

    @ParameterizedTest
    @CsvSource({
      "08 000000 ABCDEF 00, true",
      "0C 000000 ABCDEF 00, false",
      "08 000001 ABCDEF 00, false",
      "08 000000 ABCDEF 01, false",
      "08 000000 ABCDEF, false"
    })
    void isStrictOnlyWithNothingReserved(String text, boolean strict) {
      byte[] bytes = hex(text);
      assertEquals(strict, VxlanView.isStrict(bytes, 0, bytes.length));
    }

    @Test
    void refusesAHeaderWithoutItsFlag() {
      impossible(view::wrap, hex("00 000000 ABCDEF 00"));
    }
  }

  @Nested
  class Geneve {
    private final GeneveView view = new GeneveView();

    @ParameterizedTest
    @CsvSource({"00, 8", "02, 16", "3F, 260"})
    void countsItsOptions(String start, int length) {
      byte[] header = hex(start + "00 6558 ABCDEF 00" + "00".repeat(252));
      lay(view::wrap, header);
      assertEquals(length, view.length());
      assertEquals(EtherType.BRIDGED_ETHERNET, view.protocol());
      assertEquals(0xABCDEF, view.networkId());
      cutBelow(length, view::wrap, header);
    }

    @Test
    void refusesAnotherVersion() {
      impossible(view::wrap, hex("40 00 6558 ABCDEF 00"));
    }
  }

  @Nested
  class Gtp {
    private final GtpView view = new GtpView();

    @ParameterizedTest
    @CsvSource({
      "30 FF 0000 FFFFFFFF, 8",
      "32 FF 0000 FFFFFFFF 0001 00 00, 12",
      "34 FF 0000 FFFFFFFF 0000 00 00, 12",
      "34 FF 0000 FFFFFFFF 0000 00 85 01 000000, 16",
      "34 FF 0000 FFFFFFFF 0000 00 85 01 0000 85 02 000000000000 00, 24"
    })
    void countsOptionalFieldsAndExtensions(String text, int length) {
      byte[] header = hex(text);
      lay(view::wrap, header);
      assertEquals(length, view.length());
      assertEquals(-1, view.tunnelId());
      assertTrue(view.isUserPacket());
      cutBelow(length, view::wrap, header);
    }

    @Test
    void knowsMessagesBetweenTheTunnelsEnds() {
      lay(view::wrap, hex("30 01 0000 00000000"));
      assertFalse(view.isUserPacket());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "48 FF 0000 00000000", // version 2
          "20 FF 0000 00000000", // the charging protocol
          "34 FF 0000 00000000 0000 00 85 00 000000" // an extension without length
        })
    void refusesWhatCannotBe(String header) {
      impossible(view::wrap, hex(header));
    }
  }
}
