package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Fifty things that happen to TCP connections and that a tracer must get right, with their
 * variants. Each is shown by a test in this package that is marked with its number; the scripts
 * there say everything ({@code Script.tell}): of each segment its annotations and both states after
 * it, and of each connection how it opened and closed and who closed first.
 */
class FiftyScenariosTest {
  private static final String SCENARIOS =
      """
      1 plain exchange
      2 close with three segments
      3 close with four segments
      4 simultaneous close
      5 half-close with data
      6 simultaneous open
      7 split handshake: four segments, five segments
      8 self-connection
      9 refused
      10 no answer
      11 full queue
      12 SYN-ACK lost
      13 last ACK of the handshake lost
      14 fast open: accepted, ignored, cookie request
      15 abort by linger 0
      16 close with unread data
      17 write after close
      18 keep-alive: answered, timed out
      19 zero-window probes: Linux, BSD, Windows
      20 window: full, shrunk, beyond the edge
      21 reordering: microseconds, milliseconds
      22 fast retransmission: at the sender, at the receiver
      23 RACK with a single SACK
      24 tail-loss probe that was not needed, with DSACK
      25 timeout with backoff
      26 retransmission: coalesced, repacketised, extended
      27 conflicting overlap
      28 retransmission of one byte
      29 wrap: value 0, crossing 2^31, beyond 4 GiB
      30 duplicates: same TTL, different TTL, IPv6
      31 ACK before data
      32 capture gap: acknowledged, not acknowledged
      33 snapshot length: 54, 96
      34 checksum: partial, bad
      35 mid-stream: data first, SYN lost, SYN-ACK first
      36 TIME_WAIT reuse: client waits, server waits, stray FIN
      37 inside the window: SYN, RST
      38 FIN before the last data
      39 stale ACK
      40 urgent data
      41 carried by: every link type, VLAN, QinQ
      42 fragments: IPv4, IPv6
      43 IP length 0
      44 timestamps backwards: of the capture, of the sender
      45 truncated file
      46 bounded memory: a million connections, a flow of 10 GB, a hole of 1 GiB
      47 a hundred concurrent clients
      48 addresses: IPv4-mapped, ::1
      49 congestion notification: ECN, AccECN
      50 MPTCP with two subflows
      """;

  @Test
  void everyScenarioHasATest() {
    Set<String> shown = new TreeSet<>();
    for (Method method : testMethods()) {
      for (Scenario scenario : method.getAnnotationsByType(Scenario.class)) {
        shown.add(name(scenario.value(), scenario.variant()));
      }
    }
    assertEquals(String.join("\n", listed()), String.join("\n", shown));
  }

  /** Every scenario with every variant, as {@code 07 four segments}. */
  private static Set<String> listed() {
    Set<String> names = new TreeSet<>();
    for (String line : SCENARIOS.lines().toList()) {
      int number = Integer.parseInt(line.substring(0, line.indexOf(' ')));
      int colon = line.indexOf(": ");
      String variants = colon < 0 ? "" : line.substring(colon + 2);
      for (String variant : variants.split(", ", -1)) {
        names.add(name(number, variant));
      }
    }
    return names;
  }

  private static String name(int number, String variant) {
    return String.format("%02d %s", number, variant);
  }

  private static List<Method> testMethods() {
    List<Method> methods = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder())) {
      for (String file : files.map(path -> path.getFileName().toString()).toList()) {
        if (file.endsWith("Test.class")) {
          String name = file.substring(0, file.length() - ".class".length());
          Class<?> type = Class.forName(FiftyScenariosTest.class.getPackageName() + '.' + name);
          methods.addAll(List.of(type.getDeclaredMethods()));
        }
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    return methods;
  }

  private static Path folder() {
    try {
      return Path.of(FiftyScenariosTest.class.getResource(".").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
