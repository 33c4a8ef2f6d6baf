package dev.conntrace.script;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TcpState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a script says of its segments and connections against what a tracer said of them.
 *
 * <p>A connection's last word is a line {@code end [2] three-way three-segment first client wait
 * client}: how it opened and closed, who closed first, and who is left in TIME_WAIT, the last two
 * only where there is somebody.
 */
final class Outcomes {
  private final Map<Integer, String> ends = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  void add(String line) {
    String end = line.substring("end ".length()).strip();
    int connection = 1;
    if (end.startsWith("[")) {
      int close = end.indexOf(']');
      connection = Integer.parseInt(end.substring(1, close));
      end = end.substring(close + 1).strip();
    }
    if (ends.put(connection, end) != null) {
      throw new IllegalArgumentException("two ends of connection " + connection);
    }
  }

  /**
   * Returns everything that is not as the script says.
   *
   * @param whole whether what a line leaves out is said too: the states are those before, there are
   *     no annotations, and every connection has an end
   */
  List<String> faults(List<ScriptedSegment> lines, Traced traced, boolean whole) {
    Map<Integer, List<TcpState>> before = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      ScriptedSegment line = lines.get(i);
      SegmentSeen seen = traced.find(i + 1L);
      if (seen == null) {
        if (whole && !line.isIcmp) {
          faults.add("frame " + (i + 1) + ": no segment");
        }
        continue;
      }
      List<TcpState> unchanged = whole ? before.getOrDefault(seen.connection(), List.of()) : null;
      compareStates(line.states.isEmpty() ? unchanged : line.states, seen);
      before.put(seen.connection(), List.of(seen.clientState(), seen.serverState()));
      compareAnnotations(
          line.annotations == null && whole ? Set.of() : line.annotations, traced, seen);
    }
    compareEnds(traced, whole);
    return faults;
  }

  private void compareStates(@Nullable List<TcpState> said, SegmentSeen seen) {
    List<TcpState> states = List.of(seen.clientState(), seen.serverState());
    if (said != null && !said.equals(states)) {
      faults.add("frame " + seen.segment().frame() + ": states " + states + ", not " + said);
    }
  }

  private void compareAnnotations(
      @Nullable Set<AnnotationKind> said, Traced traced, SegmentSeen seen) {
    long frame = seen.segment().frame();
    if (said == null) {
      return;
    }
    Set<AnnotationKind> missing = EnumSet.noneOf(AnnotationKind.class);
    missing.addAll(said);
    missing.removeAll(traced.annotations(frame));
    Set<AnnotationKind> unwanted = traced.annotations(frame);
    unwanted.removeAll(said);
    if (!missing.isEmpty() || !unwanted.isEmpty()) {
      faults.add("frame " + frame + ": lacks " + missing + ", should not have " + unwanted);
    }
  }

  private void compareEnds(Traced traced, boolean whole) {
    if (whole && ends.size() != traced.connections()) {
      faults.add(traced.connections() + " connections, " + ends.size() + " ends");
    }
    ends.forEach(
        (connection, said) -> {
          String end = traced.end(connection);
          if (!end.equals(said)) {
            faults.add("connection " + connection + ": end " + end + ", not " + said);
          }
        });
  }
}
