package dev.conntrace.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.TcpState;
import org.junit.jupiter.api.Test;

/** Lines of the trace point, as kernel 6.18 writes them. */
class TracedTransitionTest {
  private static final String FIELDS =
      ": inet_sock_set_state: family=AF_INET6 protocol=IPPROTO_TCP sport=6573 dport=34830"
          + " saddr=127.0.0.1 daddr=127.0.0.1 saddrv6=::ffff:127.0.0.1 daddrv6=::ffff:127.0.0.1"
          + " oldstate=TCP_CLOSE_WAIT newstate=TCP_LAST_ACK";

  @Test
  void readsWhoDidWhatAndWhen() {
    TracedTransition read =
        TracedTransition.of(
            "            demo-21381   (  21352) [000] ..... 1795271943.679253" + FIELDS);
    assertNotNull(read);
    assertEquals(1795271943_679253000L, read.nanos());
    assertEquals("127.0.0.1:6573", read.local().toString());
    assertEquals("127.0.0.1:34830", read.remote().toString());
    assertEquals(TcpState.CLOSE_WAIT, read.before());
    assertEquals(TcpState.LAST_ACK, read.after());
    assertEquals(21352, read.process());
    assertEquals("demo", read.thread());
    assertTrue(read.called());
  }

  @Test
  void whatAnInterruptDoesIsNoCallOfTheProcessThatRuns() {
    TracedTransition read =
        TracedTransition.of("     ksoftirqd/0-14  (     14) [000] ..s1. 1.670860" + FIELDS);
    assertNotNull(read);
    assertFalse(read.called());
  }

  @Test
  void aThreadMayBeCalledAnything() {
    TracedTransition read =
        TracedTransition.of(" a-1 ( 7) [000]-99 (-------) [001] ..... 1.000001" + FIELDS);
    assertNotNull(read);
    assertEquals("a-1 ( 7) [000]", read.thread());
    assertEquals(0, read.process());
  }

  @Test
  void otherLinesAreNone() {
    assertNull(TracedTransition.of("CPU:1 [LOST 12 EVENTS]"));
    assertNull(
        TracedTransition.of(
            "java-1 ( 1) [000] ..... 1.000001" + FIELDS.replace("IPPROTO_TCP", "IPPROTO_SCTP")));
    assertNull(TracedTransition.of("java-1 ( 1) [000] ....." + FIELDS), "no time");
  }
}
