package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.demo.Scenario;
import dev.conntrace.render.SchemaCheck;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel has of real connections, beside what their segments prove. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux can be asked for its sockets")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KernelLiveTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigDecimal LINUX_TIME_WAIT = new BigDecimal(60);

  @BeforeAll
  static void requirePermission() throws LiveException {
    LiveException obstacle = LiveCapture.obstacle(LiveCapture.loopback());
    assumeTrue(obstacle == null, () -> "SKIPPED, no live capture here: " + obstacle);
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void kernelAndSegmentsAgreeOnEachScenario(Scenario scenario) throws Exception {
    Invocation demo =
        Invocation.of("demo", "--port", freePort(), "--format", "ndjson", scenario.id())
            .tracedBy(Engine.TRACER)
            .run();
    assertEquals(0, demo.status(), demo.err());
    List<String> lines = demo.out().lines().filter(line -> line.startsWith("{")).toList();
    assertEquals(List.of(), SchemaCheck.faults(lines));
    List<JsonNode> records = new ArrayList<>();
    for (String line : lines) {
      records.add(JSON.readTree(line));
    }
    Set<Integer> told = new TreeSet<>();
    for (JsonNode kernel : ofType(records, "kernel")) {
      assertFalse(kernel.get("agreement").asText().equals("contradicts"), kernel.toString());
      told.add(kernel.get("connection").asInt());
      if (kernel.get("agreement").asText().equals("ahead")) {
        assertTrue(isProvenLater(kernel, records), kernel.toString());
      }
    }
    for (JsonNode connection : ofType(records, "connection")) {
      int number = connection.get("connection").asInt();
      assertTrue(told.contains(number), () -> "nothing of connection " + number);
      if (connection.has("time_wait")) {
        compareTimeWait(connection, records);
      }
    }
  }

  /**
   * What is closed or reset need not send anything any more; a FIN that acknowledges a FIN proves
   * CLOSE_WAIT and LAST_ACK at once.
   */
  private static boolean isProvenLater(JsonNode kernel, List<JsonNode> records) {
    String state = kernel.get("side").asText() + "_state";
    String awaited = kernel.get("state").asText();
    return awaited.equals("CLOSED")
        || ofType(records, "packet").stream()
            .anyMatch(
                packet ->
                    packet.get("connection").equals(kernel.get("connection"))
                        && seconds(packet, "time").compareTo(seconds(kernel, "time")) >= 0
                        && (packet.get(state).asText().equals(awaited)
                            || (awaited.equals("CLOSE_WAIT")
                                && packet.get(state).asText().equals("LAST_ACK"))));
  }

  private static void compareTimeWait(JsonNode connection, List<JsonNode> records) {
    BigDecimal end = seconds(connection.get("time_wait"), "start").add(LINUX_TIME_WAIT);
    for (JsonNode kernel : ofType(records, "kernel")) {
      if (kernel.get("connection").equals(connection.get("connection"))
          && kernel.get("state").asText().equals("TIME_WAIT")) {
        BigDecimal left = kernel.get("time_left").decimalValue();
        BigDecimal difference = seconds(kernel, "time").add(left).subtract(end).abs();
        assertTrue(difference.compareTo(BigDecimal.ONE) < 0, kernel + " but " + connection);
      }
    }
  }

  private static BigDecimal seconds(JsonNode record, String field) {
    return new BigDecimal(record.get(field).asText());
  }

  private static List<JsonNode> ofType(List<JsonNode> records, String type) {
    return records.stream().filter(record -> record.get("type").asText().equals(type)).toList();
  }

  @Test
  void tutorialTellsListenerProcessAndTimeWait() throws Exception {
    Invocation demo = Invocation.of("demo", "--port", freePort()).tracedBy(Engine.TRACER).run();
    String out = demo.out();
    long pid = ProcessHandle.current().pid();
    assertTrue(out.contains("kernel: server LISTEN"), out);
    assertTrue(out.contains("[" + pid + "]: has called socket, bind, listen"), out);
    String words = out.replaceAll("\\s+", " ");
    assertTrue(words.matches(".*(kernel:|;) client TIME_WAIT, (60|59\\.\\d) s left.*"), out);
    assertTrue(demo.err().contains("kernel: sock_diag"), demo.err());
  }

  @Test
  void backlogTellsThatTheQueueIsFull() throws Exception {
    Invocation demo =
        Invocation.of("demo", "--port", freePort(), "backlog").tracedBy(Engine.TRACER).run();
    String words = demo.out().replaceAll("\\s+", " ");
    assertTrue(words.contains("2 connections not accepted yet: its queue is full"), demo.out());
  }

  @Test
  void aDemoThatCannotBePlayedFails() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Invocation demo =
          Invocation.of("demo", "--port", taken.getLocalPort()).tracedBy(Engine.TRACER).run();
      assertEquals(4, demo.status(), demo.err());
      assertTrue(demo.err().contains("choose another with --port"), demo.err());
    }
  }

  @Test
  void noKernelLeavesItOut() throws Exception {
    Invocation demo =
        Invocation.of("demo", "--port", freePort(), "--no-kernel").tracedBy(Engine.TRACER).run();
    assertFalse(demo.out().contains("kernel:"), demo.out());
    assertFalse(demo.err().contains("kernel:"), demo.err());
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }
}
