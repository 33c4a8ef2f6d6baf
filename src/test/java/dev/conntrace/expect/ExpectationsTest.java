package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.conntrace.script.Script;
import dev.conntrace.trace.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationsTest {
  private static final Trace QUESTION = Recorded.of(Recorded.QUESTION);

  /** Each line holds; with the last value in place of its own it fails with the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          opened three-way                        | opened fast-open                     | three-way
          opened one of three-way, fast-open      | opened one of split, self            | three-way
          closed not reset                        | closed not three-segment             | three-segment
          closed_first client                     | closed_first server                  | client
          client_state TIME_WAIT                  | client_state CLOSED                  | TIME_WAIT
          from_server.states contains LAST_ACK    | from_server.states contains CLOSING  | SYN_RECEIVED, ESTABLISHED, LAST_ACK, CLOSED
          time_wait.owner client                  | time_wait.owner server               | client
          time_wait.owner present                 | time_wait.owner absent               | client
          retransmission none                     | syn none                             | 1
          syn some                                | reset some                           | 0
          syn at most 1                           | syn at most 0                        | 1
          syn at least 1 at most 1                | fin at least 1 at most 1             | 2
          from_client.fin exactly 1               | from_client.fin 2                    | 1
          from_client.syn_segments 1              | from_client.rst_segments 1           | 0
          no_ack_segments 1                       | no_ack_segments none                 | 1
          client.mss 1460                         | client.mss at most 1400              | 1460
          handshake.client.window_scale 7         | client.window_scale 8                | 7
          in_force.sack true                      | in_force.timestamps true             | false
          handshake_time 20 ms                    | handshake_time less than 20 ms       | 20 ms
          handshake_time 18 ms +- 20 %            | handshake_time 18 ms +- 1 ms         | 20 ms
          rtt_p95 at most 50 ms                   | rtt_p95 at most 5 ms                 | 10 ms
          duration at most 1 s                    | duration at most 500 ms              | 543 ms
          longest_idle more than 400 ms           | longest_idle at most 400 ms          | 500 ms
          bytes at most 64 KiB                    | bytes 13                             | 14
          from_client.bytes 10                    | from_server.bytes at least 1 KiB     | 4
          segments 9                              | segments 8                           | 9
          from_client.payload starts with GET     | from_client.payload starts with POST | 10 bytes: "GET / 1.1."
          from_server.payload okay                | from_server.payload okey             | 4 bytes, from byte 3 on: "ay"
          from_server.payload contains 0x6b61     | from_server.payload contains x       | 4 bytes: "okay"
          from_server.payload some                | from_server.payload none             | "okay"
          start 0s +- 1s                          | start 10s +- 1s                      | 1700000000.000000000
          bytes 9223372036854775807 +- 9223372036854775807 | bytes -9223372036854775807 +- 3 | 14
          from_server.payload.sha256 6A581EE901185606598BBD5369794C46DCF21EBF95955A46FB4A6244BB89E79F | from_server.payload.sha256 0000000000000000000000000000000000000000000000000000000000000000 | "6a581ee901185606598bbd5369794c46dcf21ebf95955a46fb4a6244bb89e79f"
          missing_bytes none                      | unique_bytes none                    | 14
          from_client.zero_window_time at most 0s | port 81                              | 40000, 80
          syn before data within 25 ms            | syn before data within 15 ms         | syn in frame 1, data in frame 4, 21 ms apart
          fin after data                          | fin before data                      | fin in frame 7, data in frame 4
          fin before close-complete               | fin before reset                     | reset never happened
          connections 1                           | connections 2                        | 1
          capture: retransmission none            | capture: syn none                    | 1
          drops none                              | capture: closed.reset some           | 0
          """)
  void holdsOrFailsWithWhatItFound(String holds, String fails, String actual) {
    assertEquals(Verdict.PASSED, Expectations.that(holds).check(QUESTION).verdict(), holds);
    Outcome outcome = Expectations.that(fails).check(QUESTION);
    assertEquals(Verdict.FAILED, outcome.verdict(), fails);
    assertEquals(actual, outcome.violations().get(0).actual(), fails);
  }

  @Test
  void showsTheSegmentsAroundWhatWentWrong() {
    Violation violation =
        Expectations.that("connection port 80: fin at most 1").check(QUESTION).violations().get(0);
    assertEquals(
        new Violation(
            "connection port 80: fin at most 1",
            "fin",
            "at most 1",
            "2",
            1,
            "10.0.0.1:40000 -> 10.0.0.2:80",
            7,
            List.of(
                "+0.000000 > P. 1:11(10) ack 1 win 65535 # frame 4",
                "+0.010000 < P. 1:5(4) ack 11 win 65535 # frame 5",
                "+0.001000 > . 11:11(0) ack 5 win 65535 # frame 6",
                "+0.500000 > F. 11:12(0) ack 5 win 65535 # frame 7, here",
                "+0.010000 < F. 5:6(0) ack 12 win 65535 # frame 8",
                "+0.001000 > . 12:12(0) ack 6 win 65535 # frame 9")),
        violation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection port 80,443 pick any: opened three-way",
        "connection where \"rtt.p95 > 1s or duration > 9s\" where \"duration > 1s\": closed absent",
        "connection with fin,reset: from_client.payload contains \"a: b\"",
        "segment where \"len > 0\" side client: len at most 3"
      })
  void itsWordsCanBeReadAgain(String line) {
    assertEquals(line, Expectations.that(line).words());
  }

  @Test
  void bytesFromJavaMeanThemselves() {
    byte[] text = "0x47 45 54".getBytes(StandardCharsets.UTF_8);
    Expectation begins =
        Expectations.payload(Subject.connection(1), Side.CLIENT, Relation.STARTS_WITH, text);

    assertEquals(
        "connection number 1: from_client.payload starts with \"0x47 45 54\"", begins.words());
    assertEquals(Verdict.FAILED, begins.check(QUESTION).verdict());
    assertEquals(
        Verdict.PASSED,
        Expectations.that("from_client.payload starts with '0x47 45 54'")
            .check(QUESTION)
            .verdict());
    assertThrows(
        ExpectationException.class,
        () -> Expectations.payload(Subject.connections(), Side.CLIENT, Relation.AT_MOST, text));
  }

  @Test
  void severalValuesOfEachCriterionAreAlternatives() {
    String line = "connection where \"duration > 9s\" where \"closed_first == client\": count 1";
    assertEquals(Verdict.PASSED, Expectations.that(line).check(QUESTION).verdict());
  }

  @Test
  void aColonInAValueEndsNoSubject() {
    assertEquals(
        "connection: from_client.payload contains \"Host:\"",
        Expectations.that("from_client.payload contains Host:").words());
  }

  @Test
  void failsWhereNothingFitsUnlessNoneIsExpected() {
    Outcome outcome = Expectations.that("connection port 81: opened three-way").check(QUESTION);
    assertEquals("no such connection", outcome.violations().get(0).actual());
    assertEquals(
        Verdict.PASSED,
        Expectations.that("connection port 81: count exactly 0").check(QUESTION).verdict());
  }

  @Test
  void isInconclusiveWhereTheCaptureLostPackets() {
    Trace lossy = Recorded.of(new Script().droppedBefore(5), Recorded.QUESTION);
    Outcome outcome = Expectations.that("retransmission none").check(lossy);
    assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
    assertEquals(List.of("the capture lost 1 packet when it was taken"), outcome.doubts());
    assertEquals(Verdict.FAILED, Expectations.that("drops none").check(lossy).verdict());
    assertEquals(Verdict.PASSED, Expectations.that("drops at most 1").check(lossy).verdict());
  }

  @Test
  void isInconclusiveOfNoPayloadWhereTheFirstBytesAreMissing() {
    Trace gap = Recorded.of(Recorded.QUESTION.replace("+.010 < P. 1:5(4) ack 11 \"okay\"\n", ""));
    Outcome outcome = Expectations.that("from_server.payload none").check(gap);
    assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
    assertEquals(List.of("connection 1: only the first 0 bytes of it are known"), outcome.doubts());
  }

  @Test
  void isInconclusiveOfZeroWindowsWhereTheyWereTooManyToKeep() {
    StringBuilder script =
        new StringBuilder("+0 > S 0:0(0)\n+.010 < S. 0:0(0) ack 1\n+.010 > . 1:1(0) ack 1\n");
    for (int i = 0; i < 110; i++) {
      int from = 1 + i * 1000;
      int to = from + 1000;
      script.append("+.010 > P. %d:%d(1000) ack 1\n".formatted(from, to));
      script.append("+.010 < . 1:1(0) ack %d win 0\n".formatted(to));
      script.append("+.100 < . 1:1(0) ack %d win 1000\n".formatted(to));
    }
    script.append("+.010 > P. 110001:110011(10) ack 1\n");
    Outcome outcome =
        Expectations.that("from_client.zero_window_time at most 10.5 s")
            .check(Recorded.of(script.toString()));

    assertEquals(Verdict.INCONCLUSIVE, outcome.verdict(), outcome.toString());
    assertEquals(
        List.of("connection 1: it stalled 10 times more than are kept with their causes"),
        outcome.doubts());
  }

  @Test
  void aGoldenCaptureLongerThanWhatIsKeptIsInconclusive() {
    TraceRecorder recorder = new TraceRecorder("script", new TraceBounds(1, 4, 100, 100));
    new Script().play(Recorded.QUESTION, recorder);
    Golden golden = new Golden(QUESTION, DiffOptions.DEFAULT);

    assertEquals(Verdict.PASSED, golden.check(QUESTION).verdict());
    Outcome outcome = golden.check(recorder.trace());
    assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
    assertEquals(List.of("only the first 4 segments were kept"), outcome.doubts());
  }

  @Test
  void whatABoundLeftOutIsInconclusiveOnlyWhereItIsAskedFor() {
    TraceRecorder recorder = new TraceRecorder("script", new TraceBounds(1, 4, 0, 0));
    new Script().play(Recorded.QUESTION, recorder);
    Trace trace = recorder.trace();

    assertEquals(Verdict.PASSED, Expectations.that("fin 2").check(trace).verdict());
    Outcome outcome = Expectations.that("segment: len at most 10").check(trace);
    assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
    assertEquals(List.of("only the first 4 segments were kept"), outcome.doubts());
    outcome = Expectations.that("from_client.payload contains x").check(trace);
    assertEquals(List.of("connection 1: payload was not kept"), outcome.doubts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          opend three-way              | there is no fact 'opend' of a connection; did you mean opened? ('conntrace explain expectations' lists them all)
          opened three-weg             | 'opened' is never 'three-weg'; did you mean three-way?
          connection: drops none       | there is no fact 'drops' of a connection; a capture has it ('conntrace explain expectations' lists them all)
          connection prt 80: syn none  | there is no 'prt' to select by; did you mean port? (number, client, server, port, with, where, pick)
          rtt_p95 at most 50 mm        | '50 mm' is no duration: give 50ms, 1.5s or 2m (ns us ms s m h; seconds without)
          from_client.payload.sha256 abc | 'abc' is no SHA-256: give its 64 hex digits
          opened at most three-way     | 'opened' has no order: compare it with == or !=, not with <=
          opened before fin            | 'opened' is nothing that happens in a segment, so it has no order: give an annotation or data
          conection: syn none          | 'conection: syn none': it is about a capture, connection or segment, not a 'conection'
          opened                       | 'opened': 'opened' must be what? Give a value, or 'none', 'at most 3'
          """)
  void saysWhatCannotBeUnderstood(String line, String message) {
    assertEquals(
        message,
        assertThrows(ExpectationException.class, () -> Expectations.that(line)).getMessage());
  }
}
