package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conntrace.cli.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Samples beside which stands what the kernels that made them counted themselves. {@code
 * src/test/lab/check_windows.py} compares many more.
 */
class KernelCountersTest {
  static final String ENDING = ".kernel.json";

  /** Of the time for which the kernel says that its sender was held up. */
  private static final double TOLERANCE = 0.05;

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Sample> samples() {
    return Sample.all().stream().filter(sample -> Files.exists(sample.beside(ENDING))).toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void saysWhatTheKernelCounted(Sample sample) throws IOException {
    JsonNode kernel = JSON.readTree(Files.readString(sample.beside(ENDING)));
    JsonNode connection =
        JSON.readTree(
            CommandCall.of("connections", "--format", "ndjson", sample.toString()).lines().get(0));
    double heldUp = kernel.get("rwnd_limited_us").asLong() / 1e6;
    assertEquals(heldUp, connection.at("/stalls/from_client/total").asDouble(), TOLERANCE * heldUp);
    JsonNode annotations = connection.get("annotations");
    assertEquals(
        kernel.get("TCPWinProbe").asLong(), annotations.path("zero-window-probe").asLong());
    assertEquals(kernel.get("TCPKeepAlive").asLong(), annotations.path("keep-alive").asLong());
    long closed = 0;
    long opened = 0;
    for (JsonNode stall : connection.at("/stalls/list")) {
      boolean zero = stall.get("cause").asText().equals("zero-window");
      closed += zero ? 1 : 0;
      opened += zero && stall.get("ended_by").asText().equals("window-update") ? 1 : 0;
    }
    assertEquals(kernel.get("TCPToZeroWindowAdv").asLong(), closed);
    assertEquals(kernel.get("TCPFromZeroWindowAdv").asLong(), opened);
  }

  @Test
  void bothEndsOfAConversationHaveThem() {
    assertEquals(2, samples().size());
  }
}
