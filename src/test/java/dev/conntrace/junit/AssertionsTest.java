package dev.conntrace.junit;

import static dev.conntrace.junit.ConntraceAssertions.assertSoftly;
import static dev.conntrace.junit.ConntraceAssertions.assertThat;
import static dev.conntrace.trace.AnnotationKind.FIN;
import static dev.conntrace.trace.AnnotationKind.HANDSHAKE_COMPLETE;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SYN;
import static dev.conntrace.trace.AnnotationKind.SYN_ACK;
import static dev.conntrace.trace.Side.CLIENT;
import static dev.conntrace.trace.Side.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.expect.Relation;
import dev.conntrace.expect.Trace;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.TcpState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.MultipleFailuresError;

/** Each assertion holds of the tutorial, and says what it found where it does not. */
class AssertionsTest {
  private static final Path SAMPLES = Path.of("sample-captures");
  private static final Path TUTORIAL = SAMPLES.resolve("tutorial/tutorial-answered.pcap");

  private static Trace tutorial() throws IOException {
    return TraceReader.read(TUTORIAL);
  }

  private static Arguments connection(
      Consumer<ConnectionAssert> holds, Consumer<ConnectionAssert> fails, String message) {
    return capture(
        trace -> holds.accept(trace.connection(1)),
        trace -> fails.accept(trace.connection(1)),
        message);
  }

  private static Arguments capture(
      Consumer<TraceAssert> holds, Consumer<TraceAssert> fails, String message) {
    return Arguments.of(holds, fails, message);
  }

  static Stream<Arguments> assertions() {
    Duration second = Duration.ofSeconds(1);
    Duration nanosecond = Duration.ofNanos(1);
    return Stream.of(
        capture(
            t -> t.hasConnections(1), t -> t.hasConnections(2), "connections: expected 2, found 1"),
        capture(t -> t.has(SYN), t -> t.hasNo(SYN), "syn: expected none, found 1"),
        capture(
            t -> t.hasNo(RETRANSMISSION),
            t -> t.has(RETRANSMISSION),
            "retransmission: expected some, found 0"),
        capture(
            t -> t.droppedNoPackets().that("fin exactly 2"),
            t -> t.that("fin exactly 3"),
            "fin: expected 3, found 2"),
        capture(
            t -> t.connectionsOfPort(6573).openedByThreeWayHandshake(),
            t -> t.connectionsOfPort(80).openedByThreeWayHandshake(),
            "opened: expected three-way, found no such connection"),
        capture(
            t -> t.connectionsWhere("from_client.bytes > 1").has(FIN),
            t -> t.connectionsWhere("from_client.bytes > 1").has(RESET),
            "reset: expected some, found 0"),
        connection(
            c -> c.openedByThreeWayHandshake(),
            c -> c.opened(Opened.REFUSED),
            "opened: expected refused, found three-way"),
        connection(
            c -> c.closedInOrder().closed(Closed.FOUR_SEGMENT),
            c -> c.closed(Closed.RESET),
            "closed: expected reset, found four-segment"),
        connection(
            c -> c.closedFirstBy(CLIENT),
            c -> c.closedFirstBy(SERVER),
            "closed_first: expected server, found client"),
        connection(
            c -> c.endedIn(CLIENT, TcpState.TIME_WAIT).endedIn(SERVER, TcpState.CLOSED),
            c -> c.endedIn(SERVER, TcpState.LAST_ACK),
            "server_state: expected LAST_ACK, found CLOSED"),
        connection(
            c -> c.leftInTimeWait(CLIENT),
            c -> c.leftInTimeWait(SERVER),
            "time_wait.owner: expected server, found client"),
        connection(c -> c.hasNo(RESET), c -> c.hasNo(SYN), "syn: expected none, found 1"),
        connection(
            c -> c.hasExactly(2, FIN).hasAtMost(2, FIN).hasAtLeast(2, FIN),
            c -> c.hasAtMost(1, FIN),
            "fin: expected at most 1, found 2"),
        connection(
            c -> c.happensBefore(SYN, SYN_ACK).happensBefore(SYN, HANDSHAKE_COMPLETE, second),
            c -> c.happensBefore(FIN, SYN),
            "fin: expected before syn, found fin in frame "),
        connection(
            c -> c.offersMss(CLIENT, 65495).usesSack().usesTimestamps(),
            c -> c.offersMss(CLIENT, 1460),
            "handshake.client.mss: expected 1460, found 65495"),
        connection(
            c -> c.offersWindowScale(CLIENT, 10),
            c -> c.offersWindowScale(SERVER, 3),
            "handshake.server.window_scale: expected 3, found 10"),
        connection(
            c -> c.sentBytes(CLIENT, 10).missesNoBytes(),
            c -> c.sentBytes(SERVER, 10),
            "from_server.unique_bytes: expected 10, found 7"),
        connection(
            c -> c.sentFirst(CLIENT, "D").sentAmongOthers(CLIENT, "e").sentFile(CLIENT, sent()),
            c -> c.sent(CLIENT, "DATA"),
            "from_client.payload: expected exactly \"DATA\", found 10 bytes"),
        connection(
            c -> c.openedWithin(second).lastedAtMost(second).roundTripsWithin(second),
            c -> c.lastedAtMost(nanosecond),
            "duration: expected at most 1 ns, found "),
        connection(
            c -> c.idleAtMost(second),
            c -> c.idleAtMost(nanosecond),
            "longest_idle: expected at most 1 ns, found "),
        connection(
            c -> c.has("rtt.samples", Relation.AT_LEAST, "1").and().hasConnections(1),
            c -> c.has("bytes", Relation.LESS_THAN, "1 KiB").openedWithin(nanosecond),
            "handshake_time: expected at most 1 ns, found "));
  }

  @TempDir static Path folder;

  private static Path sent() {
    try {
      byte[] bytes = tutorial().connections().get(0).fromClient().firstBytes();
      return Files.write(folder.resolve("sent"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("assertions")
  void holdsOrSaysWhatItFound(
      Consumer<TraceAssert> holds, Consumer<TraceAssert> fails, String message) throws IOException {
    holds.accept(assertThat(tutorial()));
    AssertionError error =
        assertThrows(AssertionError.class, () -> fails.accept(assertThat(tutorial())));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void showsTheSegmentsAroundWhatWentWrong() throws IOException {
    Trace trace = tutorial();
    AssertionError error =
        assertThrows(AssertionError.class, () -> assertThat(trace).connection(1).hasNo(FIN));
    List<String> lines = error.getMessage().lines().toList();
    assertEquals(TUTORIAL + ": connection number 1: fin none", lines.get(0));
    assertEquals("  fin: expected none, found 2", lines.get(1));
    assertTrue(lines.stream().anyMatch(line -> line.endsWith(", here")), error.getMessage());
  }

  @Test
  void collectsWhatDoesNotHold() throws IOException {
    Trace trace = tutorial();
    MultipleFailuresError error =
        assertThrows(
            MultipleFailuresError.class,
            () ->
                assertSoftly(
                    trace,
                    capture ->
                        capture
                            .hasConnections(3)
                            .connection(1)
                            .closedFirstBy(SERVER)
                            .openedByThreeWayHandshake()
                            .has(RESET)));
    List<String> messages = new ArrayList<>();
    error.getFailures().forEach(failure -> messages.add(failure.getMessage().split("\n", -1)[1]));
    assertEquals(
        List.of(
            "  connections: expected 3, found 1",
            "  closed_first: expected server, found client",
            "  reset: expected some, found 0"),
        messages);
    assertSoftly(trace, capture -> capture.hasConnections(1).connection(1).closedInOrder());
  }

  @Test
  void oneCollectedFailureIsThrownAsItIs() throws IOException {
    Trace trace = tutorial();
    AssertionError error =
        assertThrows(
            AssertionError.class, () -> assertSoftly(trace, capture -> capture.hasConnections(3)));
    assertTrue(error.getMessage().contains("connections: expected 3, found 1"));
  }

  @Test
  void aCaptureThatLostPacketsPassesNothingItCannotProve() throws IOException {
    Trace damaged = TraceReader.read(SAMPLES.resolve("damaged-files/truncated.pcap"));
    AssertionError error =
        assertThrows(AssertionError.class, () -> assertThat(damaged).hasNo(RETRANSMISSION));
    assertTrue(error.getMessage().contains("(inconclusive)"), error.getMessage());
    assertTrue(error.getMessage().contains("the file is damaged"), error.getMessage());
  }

  @Test
  void isLikeAGoldenCaptureOrSaysWhatDiffers() throws IOException {
    Trace trace = tutorial();
    assertThat(trace).isLike(SAMPLES.resolve("file-formats/nanoseconds.pcap"));
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> assertThat(trace).isLike(SAMPLES.resolve("reset/reset.pcap")));
    assertTrue(
        error.getMessage().contains("the golden closes by RST, the capture closes by FIN"),
        error.getMessage());
  }
}
