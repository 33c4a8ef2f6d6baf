package dev.conntrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.trace.Side;
import org.junit.jupiter.api.Test;

/** Memory does not grow with what is missing, and what a bound takes away is told. */
class StreamBoundsTest {
  @Test
  void whatWaitsTooLongInLineIsDeliveredWithItsGapTold() {
    StringBuilder script = new StringBuilder(Script.HANDSHAKE);
    for (int i = 0; i < 40; i++) {
      script.append("+.001 > . " + (101 + 100 * i) + ":" + (201 + 100 * i) + "(100) ack 1\n");
    }
    Streamed s =
        Streamed.of(
            new Script(),
            OverlapPolicy.FIRST,
            new StreamBounds(2000, 100, 100_000),
            script.toString());
    assertTrue(s.client().startsWith("[100]"), s.client());
    assertTrue(s.gaps().get(0).givenUpEarly());
    assertEquals(1, s.gaps().size());
    assertEquals(4000, s.totals(Side.CLIENT).bytes());
    assertEquals(1, s.totals(Side.CLIENT).boundsReached());
  }

  @Test
  void aHoleOfOneGibibyteTakesNoMemory() {
    long far = 1 + (1 << 30) - 100;
    // Without the handshake no window is known beyond which nothing would be believed.
    Streamed s =
        Streamed.of(
            "+.1 > P. 1:3(2) ack 1 \"ab\"\n"
                + ("+.1 > P. " + far + ":" + (far + 2) + "(2) ack 1 \"yz\"\n")
                + "+.1 > P. 3:5(2) ack 1 \"cd\"\n");
    assertEquals("abcd[" + (far - 5) + "]yz", s.client());
  }

  @Test
  void bytesFarBeyondTheWindowAreNotOfTheStream() {
    long far = 1 + (1 << 30) - 100;
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + "+.1 > P. 1:3(2) ack 1 \"ab\"\n"
                + ("+.1 > P. " + far + ":" + (far + 2) + "(2) ack 1 \"yz\"\n")
                + "+.1 > P. 3:5(2) ack 1 \"cd\"\n");
    assertEquals("abcd", s.client());
  }

  @Test
  void theQuietestConnectionLetsGoFirst() {
    StringBuilder script = new StringBuilder();
    for (int connection = 1; connection <= 3; connection++) {
      script.append(
          Script.HANDSHAKE
              .replace("+0 ", "+1 [" + connection + "] ")
              .replace("+.010", "+.010 [" + connection + "]"));
      script.append("+.1 [" + connection + "] > . 101:301(200) ack 1\n");
    }
    Streamed s =
        Streamed.of(
            new Script(), OverlapPolicy.FIRST, new StreamBounds(10_000, 0, 800), script.toString());
    assertEquals(3, s.gaps().size());
    assertTrue(s.gaps().get(0).givenUpEarly());
    assertEquals(1, s.gaps().get(0).stream().connection());
    assertEquals(1, s.totals(Side.CLIENT).boundsReached());
  }

  @Test
  void withTheLastCopyWantedAnUnacknowledgedStreamIsStillBounded() {
    StringBuilder script = new StringBuilder(Script.HANDSHAKE);
    for (int i = 0; i < 40; i++) {
      script.append("+.001 > . " + (1 + 100 * i) + ":" + (101 + 100 * i) + "(100) ack 1\n");
    }
    Streamed s =
        Streamed.of(
            new Script(),
            OverlapPolicy.LAST,
            new StreamBounds(2000, 100, 100_000),
            script.toString());
    assertEquals(4000, s.totals(Side.CLIENT).bytes());
    assertTrue(s.gaps().isEmpty());
    assertTrue(s.totals(Side.CLIENT).boundsReached() > 0);
  }
}
