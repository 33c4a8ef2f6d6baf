package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** {@code verify --golden} and {@code diff}, as they are called. */
class GoldenTest {
  private static final String SAMPLES = "sample-captures/";
  private static final String TUTORIAL = SAMPLES + "tutorial/tutorial-answered.pcap";

  @Test
  void aCaptureOfTheSameTrafficPasses() {
    CommandCall call =
        CommandCall.of("verify", SAMPLES + "file-formats/nanoseconds.pcap", "--golden", TUTORIAL);
    assertEquals(0, call.status(), call.err());
  }

  @Test
  void eachDifferenceIsAFailure() {
    CommandCall call = CommandCall.of("verify", SAMPLES + "reset/reset.pcap", "--golden", TUTORIAL);
    assertEquals(1, call.status(), call.err());
    String closing =
        "closing: expected as in "
            + TUTORIAL
            + ", found the golden closes by FIN, the capture closes by RST";
    assertTrue(call.out().contains(closing), call.out());
    assertTrue(call.out().contains("# frame 6, here"), call.out());
  }

  @Test
  void whatIsIgnoredDoesNotFail() {
    CommandCall call =
        CommandCall.of(
            "verify",
            SAMPLES + "reset/reset.pcap",
            "--golden",
            TUTORIAL,
            "--ignore",
            "closing,content,segments");
    assertEquals(0, call.status(), call.out());
  }

  @Test
  void aGoldenThatCannotBeReadIsWrongUsage() {
    assertEquals(2, CommandCall.of("verify", TUTORIAL, "--golden", "nowhere.pcap").status());
  }

  @Test
  void diffTellsEqualFromDifferentAndFromUnreadable() {
    assertEquals(0, CommandCall.of("diff", TUTORIAL, TUTORIAL).status());
    assertEquals(1, CommandCall.of("diff", TUTORIAL, SAMPLES + "reset/reset.pcap").status());
    assertEquals(3, CommandCall.of("diff", TUTORIAL, "nowhere.pcap").status());
    assertEquals(2, CommandCall.of("diff", TUTORIAL).status());
    assertEquals(2, CommandCall.of("diff", "-", "-").status());
    assertEquals(2, CommandCall.of("diff", "--also", "times", TUTORIAL, TUTORIAL).status());
    CommandCall misspelt = CommandCall.of("diff", "--ignore", "segment", TUTORIAL, TUTORIAL);
    assertEquals(2, misspelt.status());
    assertTrue(misspelt.err().contains("did you mean segments?"), misspelt.err());
  }
}
