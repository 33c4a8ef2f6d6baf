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

class IpViewsTest {
  @Nested
  class Ipv4 {
    private final Ipv4View view = new Ipv4View();
    private final byte[] header = hex("45 03 0034 ABCD 4000 40 06 0000 C0000201 FFFFFFFE");

    @Test
    void readsEveryField() {
      lay(view::wrap, header);
      assertEquals(20, view.headerLength());
      assertEquals(3, view.ecn());
      assertEquals(0x34, view.totalLength());
      assertEquals(0xABCD, view.identification());
      assertTrue(view.dontFragment());
      assertFalse(view.moreFragments());
      assertFalse(view.isFragment());
      assertEquals(0, view.fragmentOffset());
      assertEquals(64, view.timeToLive());
      assertEquals(IpProtocol.TCP, view.protocol());
      assertEquals(0xC0000201L, view.source());
      assertEquals(0xFFFFFFFEL, view.destination());
    }

    @ParameterizedTest
    @CsvSource({"2000, true, 0", "0001, false, 8", "3FFF, true, 65528"})
    void knowsFragments(String field, boolean more, int offset) {
      lay(view::wrap, hex("4500 0034 ABCD" + field + "4006 0000 C0000201 C0000202"));
      assertTrue(view.isFragment());
      assertEquals(more, view.moreFragments());
      assertEquals(offset, view.fragmentOffset());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(20, view::wrap, header);
    }

    @Test
    void isCutWithinItsOptions() {
      byte[] longest = hex("4F00 003C 0000 0000 4006 0000 C0000201 C0000202" + "01".repeat(40));
      cutBelow(60, view::wrap, longest);
      assertEquals(60, view.headerLength());
    }

    @Test
    void takesALengthOfZeroForOffload() {
      lay(view::wrap, hex("4500 0000 0000 0000 4006 0000 C0000201 C0000202"));
      assertEquals(0, view.totalLength());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "5500 0034", // another version
          "4400 0034", // a header of 16 bytes
          "4500 0013", // less in all than the header
          "4600 0017"
        })
    void refusesWhatCannotBe(String start) {
      impossible(view::wrap, hex(start + "0000 0000 4006 0000 C0000201 C0000202 00000000"));
    }
  }

  @Nested
  class Ipv6 {
    private static final String SOURCE = "20010DB8000000000000000000000001";
    private static final String DESTINATION = "20010DB8000000000000000000000002";
    private final Ipv6View view = new Ipv6View();
    private final byte[] header = hex("60 3ABCDE 0014 06 40" + SOURCE + DESTINATION);

    @Test
    void readsEveryField() {
      lay(view::wrap, header);
      assertEquals(3, view.ecn());
      assertEquals(20, view.payloadLength());
      assertEquals(IpProtocol.TCP, view.nextHeader());
      assertEquals(64, view.hopLimit());
      assertEquals(0x20010DB800000000L, view.sourceHigh());
      assertEquals(1, view.sourceLow());
      assertEquals(0x20010DB800000000L, view.destinationHigh());
      assertEquals(2, view.destinationLow());
    }

    @Test
    void isCutBelowItsLength() {
      cutBelow(Ipv6View.LENGTH, view::wrap, header);
    }

    @Test
    void refusesAnotherVersion() {
      impossible(view::wrap, hex("40 3ABCDE 0014 06 40" + SOURCE + DESTINATION));
    }
  }

  @Nested
  class Ipv6Extension {
    private final Ipv6ExtensionView view = new Ipv6ExtensionView();

    private ViewBytes.Wrap as(int kind) {
      return (bytes, offset, limit) -> view.wrap(bytes, offset, limit, kind);
    }

    @ParameterizedTest
    @CsvSource({"0, 00, 8", "60, 01, 16", "43, 02, 24", "44, 05, 8", "51, 04, 24", "51, 00, 8"})
    void countsItsLengthAsItsKindDoes(int kind, String length, int bytes) {
      byte[] header = hex("06" + length + "00".repeat(30));
      lay(as(kind), header);
      assertEquals(bytes, view.length());
      assertEquals(IpProtocol.TCP, view.nextHeader());
      cutBelow(bytes, as(kind), header);
    }

    @Test
    void tellsPartsFromAtomicFragments() {
      lay(as(IpProtocol.FRAGMENT), hex("06 00 0000 00000001"));
      assertFalse(view.isFragment());
      lay(as(IpProtocol.FRAGMENT), hex("06 00 0001 00000001"));
      assertTrue(view.isFragment());
      lay(as(IpProtocol.FRAGMENT), hex("06 00 0008 00000001"));
      assertTrue(view.isFragment());
    }

    @Test
    void findsTheJumboLength() {
      lay(as(IpProtocol.HOP_BY_HOP), hex("06 00 C204 80000000"));
      assertEquals(0x80000000L, view.jumboPayloadLength());
      lay(as(IpProtocol.HOP_BY_HOP), hex("06 01 00 0502 0000 00 C204 00012345 0000"));
      assertEquals(0x12345, view.jumboPayloadLength());
    }

    @Test
    void findsNoJumboLengthWhereNoneIs() {
      lay(as(IpProtocol.HOP_BY_HOP), hex("06 00 0502 0000 0100"));
      assertEquals(0, view.jumboPayloadLength());
      lay(as(IpProtocol.HOP_BY_HOP), hex("06 00 01FF 0000 0000"));
      assertEquals(0, view.jumboPayloadLength());
      lay(as(IpProtocol.DESTINATION_OPTIONS), hex("06 00 C204 80000000"));
      assertEquals(0, view.jumboPayloadLength());
    }

    @ParameterizedTest
    @CsvSource({
      "00, 01, 24", // source route: the last address
      "04, 01, 8", // segment route: the first, which is the last stop
      "02, 01, 8", // home address: the only one that counts
      "00, 00, -1", // past its last stop
      "03, 01, -1" // compressed addresses
    })
    void findsTheFinalDestination(String type, String left, int offset) {
      lay(as(IpProtocol.ROUTING), hex("06 04" + type + left + "00000000" + "00".repeat(32)));
      assertEquals(offset, view.finalDestinationOffset());
    }

    @Test
    void findsNoDestinationInARouteWithoutAddresses() {
      lay(as(IpProtocol.ROUTING), hex("06 00 00 01 00000000"));
      assertEquals(-1, view.finalDestinationOffset());
      lay(as(IpProtocol.HOP_BY_HOP), hex("06 02 00 01 00000000" + "00".repeat(16)));
      assertEquals(-1, view.finalDestinationOffset());
    }
  }
}
