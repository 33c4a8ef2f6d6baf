package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conntrace.script.ScriptedBytes;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any segments and any capture through everything: the counters add up, every text and record can
 * be built and does no harm, and a second time says the same.
 */
class TraceFuzzTest {
  private static final int WIDTH = 100;

  static Stream<byte[]> scripts() {
    return Stream.of(
            // Handshake, request, answer, four segments to close.
            "1002000000000000 1112000000000001 0010000000000000 0018000000001401 0110000000000001"
                + "0118000000006401 0010000000000001 0011000000000001 0110000000000001"
                + "0111000000000001 0010000000000001",
            // Timestamps; the second of three is lost and comes again, asked for by SACK.
            "2002000000000000 2112000000000001 2010000000000000 2018000000006401 2018006400006401"
                + "3110000000000001 2018009C00006401 2110000000000001",
            // A zero window and probes, then a reset; a stray after it.
            "0002000000000000 0112000000000001 0110100000000001 0010000000000104 0110100000000004"
                + "0010000000000104 0004000000000001 0018000000001401",
            // A second incarnation, both at once, one socket with itself, IPv6.
            "0002000000000000 0114000000000001 0002000000000004 0402000000000000 0602000000000000"
                + "0712000000000001 0610000000000000 7803000000000001 5810000000001001")
        .map(text -> HexFormat.of().parseHex(text.replace(" ", "")));
  }

  static Stream<byte[]> captures() {
    return Stream.of(".pcap", ".pcapng")
        .flatMap(Seeds::captures)
        .filter(bytes -> bytes.length < 2500);
  }

  @MethodSource("scripts")
  @FuzzTest
  void followsSegments(byte[] script) {
    byte[] capture = ScriptedBytes.capture(script);
    assertEquals(EveryOutput.of(capture).told(), EveryOutput.of(capture).told(), "a second time");
  }

  @MethodSource("scripts")
  @FuzzTest
  void writesSegments(byte[] script) throws IOException {
    EveryOutput.of(ScriptedBytes.capture(script)).buildAll(WIDTH);
  }

  @MethodSource("captures")
  @FuzzTest
  void writesCaptures(byte[] capture) throws IOException {
    EveryOutput output = EveryOutput.of(capture);
    if (output != null) {
      output.buildAll(WIDTH);
    }
  }
}
