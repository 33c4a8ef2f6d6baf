package dev.conntrace.script;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.TcpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a script, as numbers. */
final class ScriptedSegment {
  static final int FROM_COUNTER = -1;

  private static final int DEFAULT_WINDOW = 65535;

  long sinceNanos;
  int connection = 1;
  boolean fromClient;
  String flags = "";
  long begin;
  int length;
  boolean hasAck;
  long ack;
  int window = DEFAULT_WINDOW;
  int ipId = FROM_COUNTER;
  int ttl = 64;
  int ecn;
  int urgentPointer;
  int snapBytes;
  boolean isIcmp;
  int interfaceIndex;
  String checksum = "valid";
  String text = "";
  Options options = new Options();

  /** The states that the line names, client's and server's; empty if it names none. */
  List<TcpState> states = List.of();

  /** Exactly what must be said of the segment; null if the line leaves that open. */
  @Nullable Set<AnnotationKind> annotations;

  /** The TCP options of a line, in the order written. */
  static final class Options {
    final List<Option> list = new ArrayList<>();

    /**
     * One option.
     *
     * @param name as the notation writes it
     * @param numbers what follows it
     */
    record Option(String name, List<Long> numbers) {}

    void add(String name, List<Long> numbers) {
      list.add(new Option(name, numbers));
    }
  }

  /** Returns the place of an ICMP error, which is no segment. */
  static ScriptedSegment icmp() {
    ScriptedSegment segment = new ScriptedSegment();
    segment.isIcmp = true;
    return segment;
  }

  boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }

  /** Checks that what was said of the range agrees: a SYN and a FIN may be counted in or not. */
  void checkEnd(long end) {
    int extra = (has('S') ? 1 : 0) + (has('F') ? 1 : 0);
    if (end != begin + length && end != begin + length + extra) {
      throw new IllegalArgumentException(
          begin + ":" + end + "(" + length + ") does not add up for flags " + flags);
    }
  }
}
