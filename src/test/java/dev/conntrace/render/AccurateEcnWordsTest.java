package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.SegmentFacts;
import org.junit.jupiter.api.Test;

/** How the first segments arrived, as accurate ECN tells it (RFC 9768 3.1.2). */
class AccurateEcnWordsTest {
  private static String words(String script) {
    Traced t = Script.run(script);
    AccurateEcnWords words = new AccurateEcnWords();
    StringBuilder all = new StringBuilder();
    for (long frame = 1; frame <= script.lines().count(); frame++) {
      SegmentFacts segment = t.segment(frame);
      Prose prose = new Prose();
      words.addTo(prose, segment);
      words.remember(segment);
      all.append(prose).append('\n');
    }
    return all.toString();
  }

  @Test
  void eachSideTellsHowTheOthersFirstSegmentArrived() {
    assertEquals(
        """
        asks for accurate ECN
        agrees to accurate ECN: the SYN arrived not capable of marks
        for accurate ECN: the SYN-ACK arrived as ECT(0)

        """,
        words(
            """
            +0    > SECN 0:0(0)
            +.010 < SC.  0:0(0) ack 1 ecn 2
            +.010 > N.   1:1(0) ack 1
            +.1   > PCN. 1:1001(1000) ack 1 ecn 2
            """));
  }

  @Test
  void aPathThatErasesTheBitsIsFoundOut() {
    assertEquals(
        """
        asks for accurate ECN
        agrees to accurate ECN: the SYN arrived not capable of marks, though here it was as ECT(1)
        for accurate ECN: the SYN-ACK arrived with a congestion mark
        """,
        words(
            """
            +0    > SECN 0:0(0) ecn 1
            +.010 < SC.  0:0(0) ack 1 ecn 2
            +.010 > CN.  1:1(0) ack 1
            """));
  }

  @Test
  void classicEcnTellsNothingOfTheKind() {
    assertEquals(
        "\n\n\n", words("+0 > SEC 0:0(0)\n+.01 < SE. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1\n"));
  }
}
