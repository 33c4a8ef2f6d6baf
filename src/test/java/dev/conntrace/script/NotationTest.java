package dev.conntrace.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentNotation;
import dev.conntrace.wire.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine prints can be pasted back as a script. */
class NotationTest {
  private static final String EVERYTHING =
      """
      +0       > SEC 0:1(0) win 64240 <mss 1460,sackOK,TS val 4294967295 ecr 0,wscale 7>
      +.010000 < SE. 0:1(0) ack 1 win 65160 <mss 65495,sackOK,TS val 1 ecr 4294967295,wscale 0>
      +.000017 > .   1:1(0) ack 1 win 502 <TS val 5 ecr 1>
      +1.5     > P.  1:11(10) ack 1 win 502 <TS val 6 ecr 1>
      +0       > UP. 21:31(10) ack 1 win 502 <TS val 6 ecr 1>
      +0       < .   1:1(0) ack 11 win 0 <TS val 7 ecr 6,sack 21:31 1:3>
      -.000200 < -   1:2(1) win 510
      +.1      > F.  31:34(2) ack 1 win 1
      +.1      < R   1:1(0) win 0
      """;

  @Test
  void readsBackWhatIsPrinted() {
    Traced first = Script.run(EVERYTHING);
    String printed = print(first);
    Traced second = Script.run(printed);
    for (int frame = 1; frame <= 9; frame++) {
      assertEquals(first.segment(frame), second.segment(frame), printed);
    }
    assertEquals(printed, print(second));
  }

  private static String print(Traced traced) {
    StringBuilder text = new StringBuilder();
    long before = traced.segment(1).timestampNanos();
    for (int frame = 1; frame <= 9; frame++) {
      SegmentFacts segment = traced.segment(frame);
      text.append(SegmentNotation.of(segment, segment.timestampNanos() - before)).append('\n');
      before = segment.timestampNanos();
    }
    return text.toString();
  }

  @Test
  void printsAsPacketdrillDoes() {
    assertEquals(
        """
        +0.000000 > SEC 0:1(0) win 64240 <mss 1460,sackOK,TS val 4294967295 ecr 0,wscale 7>
        +0.010000 < SE. 0:1(0) ack 1 win 65160 <mss 65495,sackOK,TS val 1 ecr 4294967295,wscale 0>
        +0.000017 > . 1:1(0) ack 1 win 502 <TS val 5 ecr 1>
        +1.500000 > P. 1:11(10) ack 1 win 502 <TS val 6 ecr 1>
        +0.000000 > PU. 21:31(10) ack 1 win 502 <TS val 6 ecr 1>
        +0.000000 < . 1:1(0) ack 11 win 0 <TS val 7 ecr 6,sack 21:31 1:3>
        -0.000200 < - 1:2(1) win 510
        +0.100000 > F. 31:34(2) ack 1 win 1
        +0.100000 < R 1:1(0) win 0
        """,
        print(Script.run(EVERYTHING)));
  }

  @Test
  void readsTimesRangesAndWhatSurroundsTheSegment() {
    ScriptedSegment line =
        LineParser.parse(
            "+.010 [2] < FP. 5:15(10) ack 7 win 9 id 17 ttl 63 ce urg 5 \"Data here!\"");
    assertEquals(10_000_000, line.sinceNanos);
    assertEquals(2, line.connection);
    assertEquals("FPA", line.flags);
    assertEquals(5, line.begin);
    assertEquals(10, line.length);
    assertEquals(7, line.ack);
    assertEquals(9, line.window);
    assertEquals(17, line.ipId);
    assertEquals(63, line.ttl);
    assertEquals(3, line.ecn);
    assertEquals(5, line.urgentPointer);
    assertEquals("Data here!", line.text);
  }

  @Test
  void theWireHoldsWhatTheLineSays() {
    Traced t =
        new Script()
            .isns(4_294_967_295L, 7)
            .play("+0 > S 0:0(0)\n+0 > PU. 1:11(10) ack 1 win 9 id 17 ttl 63 ce \"Data here!\"");
    SegmentFacts segment = t.segment(2);
    assertEquals(0, segment.seq());
    assertEquals(8, segment.ack());
    assertEquals(TcpFlags.PSH | TcpFlags.URG | TcpFlags.ACK, segment.flags());
    assertEquals(10, segment.length());
    assertEquals("Data here!", segment.payloadStart());
    assertEquals(17, segment.ipId());
    assertEquals(63, segment.hopLimit());
    assertEquals(3, segment.ecn());
    assertEquals(9, segment.windowField());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> . 1:1(0) ack 1",
        "+0 . 1:1(0) ack 1",
        "+0 > P. 1:12(10) ack 1",
        "+0 > P. 1:11(10) acknowledges 1",
        "+0 > P. 1:11(10) ack 1 <wsscale 3>",
        "+0 > P. 1:11(10) ack 1 \"too short\"",
        "+0 > X. 1:11(10) ack 1"
      })
  void refusesWhatIsNoNotation(String line) {
    assertThrows(IllegalArgumentException.class, () -> Script.run(line));
  }

  @Test
  void aScriptChecksTheStatesThatItNames() {
    assertThrows(AssertionError.class, () -> Script.run("+0 > S 0:0(0) | SYN_SENT CLOSED"));
  }
}
