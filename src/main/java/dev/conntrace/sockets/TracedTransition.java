package dev.conntrace.sockets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of the trace point {@code sock:inet_sock_set_state} (events/sock in the kernel's trace
 * documentation).
 *
 * @param nanos when, by the trace's clock
 * @param local the socket's own address; port 0 where it has none yet
 * @param remote the other end's; port 0 for a listener
 * @param before its state until then
 * @param after its state from then on
 * @param process the process that ran at that moment; 0 where the kernel does not say. Both this
 *     and the name are what the kernel last noted of the thread's number, which may have been
 *     another's
 * @param threadId the number of the thread that ran
 * @param thread the name of the thread that ran
 * @param called whether that process did it by a call; otherwise a segment or a timer did it, while
 *     any process ran
 */
record TracedTransition(
    long nanos,
    TransportAddress local,
    TransportAddress remote,
    TcpState before,
    TcpState after,
    long process,
    long threadId,
    String thread,
    boolean called) {

  private static final String EVENT = ": inet_sock_set_state: ";
  private static final long NANOS_PER_MICRO = 1000;

  /** What stands before the event: thread and its number, process, processor, context, time. */
  private static final Pattern HEAD =
      Pattern.compile(
          "\\s*(.*)-(\\d{1,10})\\s+\\(\\s*(\\d+|-+)\\)\\s+\\[\\d+]\\s+(\\S+)\\s+(\\d{1,12})\\.(\\d{6})");

  private static final Pattern FIELDS =
      Pattern.compile(
          "family=(\\w+) protocol=IPPROTO_TCP sport=(\\d{1,5}) dport=(\\d{1,5}) saddr=(\\S+)"
              + " daddr=(\\S+) saddrv6=(\\S+) daddrv6=(\\S+) oldstate=(\\w+) newstate=(\\w+)\\s*");

  /**
   * Returns what a line says; null if it is not of this event, or not of TCP.
   *
   * @param line a character for each byte
   */
  static @Nullable TracedTransition of(String line) {
    int split = line.indexOf(EVENT);
    if (split < 0) {
      return null;
    }
    Matcher head = HEAD.matcher(line.substring(0, split));
    Matcher fields = FIELDS.matcher(line.substring(split + EVENT.length()));
    if (!head.matches() || !fields.matches()) {
      return null;
    }
    boolean ipv6 = fields.group(1).equals("AF_INET6");
    TransportAddress local = address(fields.group(ipv6 ? 6 : 4), fields.group(2));
    TransportAddress remote = address(fields.group(ipv6 ? 7 : 5), fields.group(3));
    if (local == null || remote == null) {
      return null;
    }
    return new TracedTransition(
        nanos(head),
        local,
        remote,
        state(fields.group(8)),
        state(fields.group(9)),
        head.group(3).startsWith("-") ? 0 : Long.parseLong(head.group(3)),
        Long.parseLong(head.group(2)),
        ProcessName.of(head.group(1).getBytes(ISO_8859_1)),
        isCall(head.group(4)));
  }

  /** Returns the same with its time brought to another clock. */
  TracedTransition at(TraceClock clock) {
    return new TracedTransition(
        clock.timeOf(nanos), local, remote, before, after, process, threadId, thread, called);
  }

  /** Returns the same by another process. */
  TracedTransition by(long caller) {
    return new TracedTransition(
        nanos, local, remote, before, after, caller, threadId, thread, called);
  }

  /** Returns the time that stands before an event, in nanoseconds. */
  private static long nanos(Matcher head) {
    long micros = Long.parseLong(head.group(5)) * 1_000_000 + Long.parseLong(head.group(6));
    return micros * NANOS_PER_MICRO;
  }

  /**
   * Returns the time of a line of any event.
   *
   * @param end where the time ends in the line
   * @return -1 if there is none
   */
  static long nanosOf(String line, int end) {
    Matcher head = HEAD.matcher(line.substring(0, end));
    return head.matches() ? nanos(head) : -1;
  }

  /** Returns whether the third letter of the context is not that of an interrupt. */
  private static boolean isCall(String context) {
    return context.length() > 2 && context.charAt(2) == '.';
  }

  private static @Nullable TransportAddress address(String text, String port) {
    try {
      // Written by the kernel as numbers: nothing is looked up.
      ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(text).getAddress());
      int number = Integer.parseInt(port);
      return bytes.capacity() == 4
          ? new TransportAddress(0, Integer.toUnsignedLong(bytes.getInt()), false, number)
          : new TransportAddress(bytes.getLong(), bytes.getLong(), true, number);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static TcpState state(String name) {
    return switch (name) {
      case "TCP_ESTABLISHED" -> TcpState.ESTABLISHED;
      case "TCP_SYN_SENT" -> TcpState.SYN_SENT;
      case "TCP_SYN_RECV", "TCP_NEW_SYN_RECV" -> TcpState.SYN_RECEIVED;
      case "TCP_FIN_WAIT1" -> TcpState.FIN_WAIT_1;
      case "TCP_FIN_WAIT2" -> TcpState.FIN_WAIT_2;
      case "TCP_TIME_WAIT" -> TcpState.TIME_WAIT;
      case "TCP_CLOSE" -> TcpState.CLOSED;
      case "TCP_CLOSE_WAIT" -> TcpState.CLOSE_WAIT;
      case "TCP_LAST_ACK" -> TcpState.LAST_ACK;
      case "TCP_LISTEN" -> TcpState.LISTEN;
      case "TCP_CLOSING" -> TcpState.CLOSING;
      default -> TcpState.UNKNOWN;
    };
  }
}
