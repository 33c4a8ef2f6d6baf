package dev.conntrace.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.TransportAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPatternTest {
  private static final TransportAddress V4 = Reported.v4(10, 0, 0, 1, 80);
  private static final TransportAddress V6 = new TransportAddress(0x2001_0db8L << 32, 1, true, 80);

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, true",
    "10.0.0.1:80, true",
    "80, true",
    ":80, true",
    "10.0.0.1:81, false",
    "10.0.0.2, false",
    "81, false",
    "2001:db8::1, false",
    "::10.0.0.1, false",
  })
  void matchesAnIpv4Address(String pattern, boolean expected) throws SelectionException {
    assertEquals(expected, AddressPattern.parse(pattern).matches(V4));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, true",
    "2001:DB8:0:0:0:0:0:1, true",
    "[2001:db8::1], true",
    "[2001:db8::1]:80, true",
    "80, true",
    "[2001:db8::1]:81, false",
    "2001:db8::2, false",
    "0.0.0.1, false",
  })
  void matchesAnIpv6Address(String pattern, boolean expected) throws SelectionException {
    assertEquals(expected, AddressPattern.parse(pattern).matches(V6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"255.255.255.255:65535", "[::1]:0", "::ffff:192.0.2.1"})
  void readsBackWhatAddressesPrint(String text) throws SelectionException {
    TransportAddress address =
        switch (text.charAt(0)) {
          case '2' -> Reported.v4(255, 255, 255, 255, 65_535);
          case '[' -> new TransportAddress(0, 1, true, 0);
          default -> new TransportAddress(0, 0xffff_c000_0201L, true, 7);
        };
    assertTrue(AddressPattern.parse(text).matches(address));
    assertTrue(AddressPattern.parse(address.toString()).matches(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:80",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.1.2",
        "10.0.0.1:",
        "10.0.0.1:65536",
        "10.0.0.-1",
        "-1",
        "65536",
        "+80",
        "[::1",
        "[::1]80",
        "[::1]:",
        "[10.0.0.1]:80",
        "fe80::1%eth0",
        "x::1",
        "1::2::3",
        "[]",
        "[]:80"
      })
  void refusesWhatIsNoAddress(String text) {
    SelectionException refusal =
        assertThrows(SelectionException.class, () -> AddressPattern.parse(text));
    assertTrue(refusal.getMessage().contains("'"), refusal.getMessage());
  }

  @Test
  void saysWhatToWriteInstead() {
    SelectionException refusal =
        assertThrows(SelectionException.class, () -> AddressPattern.parse("example.org:80"));
    assertTrue(refusal.getMessage().contains("names are not looked up"), refusal.getMessage());
  }
}
