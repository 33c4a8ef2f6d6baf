package dev.conntrace.render;

import dev.conntrace.trace.Durations;
import dev.conntrace.trace.RecoveryEpisode;
import dev.conntrace.trace.RecoveryEpisode.End;
import dev.conntrace.trace.RecoveryReport;
import dev.conntrace.trace.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows which segments begin and end the repairs of a connection, and what to say there. */
final class RepairTurns {
  private final Map<Long, RecoveryEpisode> begins = new HashMap<>();
  private final Map<Long, RecoveryEpisode> ends = new HashMap<>();

  RepairTurns(RecoveryReport report) {
    for (Side side : Side.values()) {
      add(report.of(side).list());
    }
  }

  private void add(List<RecoveryEpisode> episodes) {
    for (RecoveryEpisode episode : episodes) {
      begins.put(episode.firstFrame(), episode);
      if (episode.lastFrame() > 0) {
        ends.put(episode.lastFrame(), episode);
      }
    }
  }

  /** Returns whether a repair begins or ends with this segment. */
  boolean isTurn(long frame) {
    return begins.containsKey(frame) || ends.containsKey(frame);
  }

  /**
   * Adds what begins and ends with a segment.
   *
   * @param sender remembers what its sender sent before
   */
  void addTo(Prose prose, long frame, SideMemory sender) {
    RecoveryEpisode over = ends.get(frame);
    if (over != null) {
      prose.then("; ").add(over.isNeedless() ? Meaning.NOTICE : Meaning.GOOD, ending(over));
    }
    RecoveryEpisode begun = begins.get(frame);
    if (begun != null) {
      prose.then("; ").add(Meaning.NOTICE, name(begun) + " begins: until " + until(begun, sender));
    }
  }

  private static String name(RecoveryEpisode episode) {
    return (episode.isNeedless() ? "needless repair no. " : "repair no. ") + episode.number();
  }

  private static String until(RecoveryEpisode episode, SideMemory sender) {
    boolean fin = sender.endsWithFin(episode.recoveryPoint());
    long lastByte = episode.recoveryPoint() - (fin ? 2 : 1);
    boolean onlyFin = fin && episode.resends().bytes() == 0;
    if (onlyFin || lastByte < 1) {
      return "the FIN is acknowledged";
    }
    return "byte " + lastByte + (fin ? " and the FIN are acknowledged" : " is acknowledged");
  }

  private static String ending(RecoveryEpisode episode) {
    String took = episode.isTimed() ? " after " + Durations.text(episode.durationNanos()) : "";
    String how = episode.end() == End.RESET ? " ends with the connection" : " is over";
    return name(episode)
        + how
        + took
        + ", "
        + Counted.of(episode.resends().segments(), "segment")
        + " sent again";
  }
}
