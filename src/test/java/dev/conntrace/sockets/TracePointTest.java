package dev.conntrace.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.conntrace.trace.TcpState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel tells of a real connection of this process while it changes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has the trace point")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TracePointTest {
  private static final Path INSTANCES = Path.of("/sys/kernel/tracing/instances");

  private static TracePoint open(int port) {
    try {
      return TracePoint.open(List.of(port));
    } catch (SocketTableException e) {
      return abort("SKIPPED, the trace point cannot be used here: " + e.getMessage());
    }
  }

  private static List<TcpState> statesOf(TracePoint point) throws InterruptedException {
    List<TcpState> states = new ArrayList<>();
    while (!states.contains(TcpState.FIN_WAIT_1)) {
      TracedTransition change = point.next();
      if (change == null) {
        Thread.sleep(1);
      } else {
        states.add(change.after());
      }
    }
    return states;
  }

  /** One watches whose the connections are, the other what becomes of them. */
  @Test
  void tellsSeveralAtOnceAndLeavesNothingBehind() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TracePoint one = open(listener.getLocalPort());
      TracePoint other = open(listener.getLocalPort());
      new Socket(listener.getInetAddress(), listener.getLocalPort()).close();
      List<TcpState> told = statesOf(one);
      assertTrue(told.contains(TcpState.ESTABLISHED), told.toString());
      assertEquals(told.subList(0, 3), statesOf(other).subList(0, 3));
      one.close();
      other.close();
    }
    assertFalse(hasInstanceOfThisProcess());
  }

  @Test
  void hearsThatTheKernelHadNoRoom() {
    assertTrue(TracePoint.tellsLoss("CPU:1 [LOST 12 EVENTS]"));
    assertTrue(TracePoint.tellsLoss("CPU:0 [LOST EVENTS]"));
    assertFalse(TracePoint.tellsLoss("      a [LOST b-7 (7) [000] ..... 1.000000: x: y"));
  }

  private static boolean hasInstanceOfThisProcess() throws IOException {
    if (!Files.isDirectory(INSTANCES)) {
      return false;
    }
    try (Stream<Path> left = Files.list(INSTANCES)) {
      return left.anyMatch(
          path -> path.toString().contains("conntrace-" + ProcessHandle.current().pid() + "-"));
    }
  }
}
