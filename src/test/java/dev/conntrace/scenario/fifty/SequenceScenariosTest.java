package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import org.junit.jupiter.api.Test;

/** Sequence numbers wherever the raw ones wrap (RFC 9293 3.4). */
class SequenceScenariosTest {
  private static final String TALK =
      Beginning.AT_SENDER
          + """
      +.1   > P. 1:11(10) ack 1
      +.040 < P. 1:11(10) ack 11
      +0    > .  11:11(0) ack 11
      +.1   > P. 21:31(10) ack 11        |  | previous-segment-missing
      +.040 < .  11:11(0) ack 11         |  | duplicate-ack
      +.600 > P. 11:21(10) ack 11        |  | retransmission
      +.040 < .  11:11(0) ack 31
      +.1   > F. 31:31(0) ack 11         | FIN_WAIT_1 ESTABLISHED  | fin
      +.040 < F. 11:11(0) ack 32         | FIN_WAIT_2 LAST_ACK     | fin fin-acked
      +0    > .  32:32(0) ack 12         | TIME_WAIT CLOSED        | fin-acked close-complete time-wait
      end three-way three-segment first client wait client
      """;

  private static Traced tell(long clientIsn, long serverIsn) {
    Traced t = new Script().isns(clientIsn, serverIsn).whole().play(TALK);
    assertEquals(30, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
    assertEquals(10, t.report().fromServer().uniqueBytes());
    return t;
  }

  @Test
  @Scenario(value = 29, variant = "value 0")
  void theRawNumberZeroIsANumberLikeAnyOther() {
    long wrap = 1L << 32;
    for (long position = 0; position <= 32; position++) {
      tell(wrap - position, 77);
      tell(77, wrap - position);
    }
    Traced t = tell(wrap - 11, wrap - 1);
    assertEquals(0, t.segment(6).seq());
    assertEquals(11, t.segment(6).seqRel());
    assertEquals(0, t.segment(3).ack());
    assertEquals(1, t.segment(3).ackRel());
  }

  @Test
  @Scenario(value = 29, variant = "crossing 2^31")
  void crossingTheSignBit() {
    long sign = 1L << 31;
    for (long position = 0; position <= 32; position++) {
      tell(sign - position, 77);
      tell(77, sign - position);
    }
  }
}
