package example;

import static dev.conntrace.junit.ConntraceAssertions.assertThat;
import static dev.conntrace.trace.Side.CLIENT;
import static dev.conntrace.trace.Side.SERVER;

import dev.conntrace.junit.LiveTrace;
import dev.conntrace.junit.LoopbackCapture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Fails on purpose in the folder where captures are swapped: what it captured is to be kept. */
class FailingEchoTest {
  @Test
  void keepsItsCapture(@LoopbackCapture(port = EchoTest.PORT) LiveTrace live) throws IOException {
    EchoTest.ask("echo!");
    boolean swapped = Path.of("").toAbsolutePath().endsWith("swapped");
    assertThat(live).connection(1).closedFirstBy(swapped ? SERVER : CLIENT);
  }
}
