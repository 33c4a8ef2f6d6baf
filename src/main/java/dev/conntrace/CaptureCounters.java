package dev.conntrace;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.ChecksumSample;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Reassembly;
import dev.conntrace.decode.Segment;
import dev.conntrace.flow.ConnectionTotals;
import dev.conntrace.flow.UdpConversations;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.CaptureReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts packets by what became of them, verifies checksums while their bytes are at hand, and
 * watches the capture's clock.
 */
final class CaptureCounters {
  private static final DecodeOutcome[] OUTCOMES = DecodeOutcome.values();

  private final long[] outcomes = new long[OUTCOMES.length];
  private final UdpConversations udp = new UdpConversations();
  private final ChecksumSample checksums = new ChecksumSample();
  private long frames;
  private long firstNanos = Packet.NO_TIMESTAMP;
  private long lastNanos = Packet.NO_TIMESTAMP;
  private long previousNanos = Packet.NO_TIMESTAMP;
  private long backwards;
  private final UnknownLinkTypes unknownLinkTypes = new UnknownLinkTypes();

  void count(Packet packet, DecodeOutcome outcome, Segment segment) {
    frames++;
    outcomes[outcome.ordinal()]++;
    if (outcome == DecodeOutcome.TCP) {
      checksums.take(segment);
    } else if (outcome == DecodeOutcome.UDP) {
      udp.count(segment);
    }
    if (outcome == DecodeOutcome.UNKNOWN_LINK_TYPE) {
      unknownLinkTypes.count(packet.linkType());
    }
    long time = packet.timestampNanos();
    if (time != Packet.NO_TIMESTAMP) {
      noteTime(time);
    }
  }

  private void noteTime(long time) {
    if (firstNanos == Packet.NO_TIMESTAMP) {
      firstNanos = time;
      lastNanos = time;
    } else {
      firstNanos = Math.min(firstNanos, time);
      lastNanos = Math.max(lastNanos, time);
      backwards += time < previousNanos ? 1 : 0;
    }
    previousNanos = time;
  }

  CaptureReport report(
      PacketSource source, ConnectionTotals totals, Reassembly reassembly, boolean damaged) {
    reassembly.expire(lastNanos);
    return new CaptureReport(
        frames,
        outcomes[DecodeOutcome.TCP.ordinal()],
        skipped(),
        firstNanos,
        lastNanos,
        totals.connections(),
        totals.opened(),
        totals.closed(),
        totals.annotations(),
        quality(totals, source, reassembly, damaged),
        totals.listeners(),
        source.format(),
        unknownLinkTypes.report(),
        NotesTranslation.of(source.texts()),
        udp.report(),
        checksums.verified());
  }

  /** Most frequent first; a handful of reasons, so the simplest sort does. */
  private Map<String, Long> skipped() {
    Map<String, Long> map = new LinkedHashMap<>();
    for (int i = 0; i < OUTCOMES.length; i++) {
      DecodeOutcome largest = null;
      for (DecodeOutcome outcome : OUTCOMES) {
        boolean candidate =
            outcome != DecodeOutcome.TCP
                && outcomes[outcome.ordinal()] > 0
                && !map.containsKey(outcome.id());
        if (candidate
            && (largest == null || outcomes[outcome.ordinal()] > outcomes[largest.ordinal()])) {
          largest = outcome;
        }
      }
      if (largest == null) {
        return map;
      }
      map.put(largest.id(), outcomes[largest.ordinal()]);
    }
    return map;
  }

  private List<CaptureQuality> quality(
      ConnectionTotals totals, PacketSource source, Reassembly reassembly, boolean damaged) {
    List<CaptureQuality> list = new ArrayList<>();
    for (Problem problem : Problem.values()) {
      long count =
          switch (problem) {
            case DROPS -> source.droppedPackets();
            case TIME_BACKWARDS -> backwards;
            case DAMAGED -> damaged ? 1 : 0;
            case FRAGMENTS_INCOMPLETE -> reassembly.incompleteDatagrams();
            case FRAGMENTS_TIMED_OUT -> reassembly.timedOutDatagrams();
            case FRAGMENTS_OVERLAP -> reassembly.overlappingDatagrams();
            case BOUND_REACHED ->
                totals.problem(problem)
                    + source.texts().givenUp()
                    + reassembly.givenUpDatagrams()
                    + (udp.isFull() ? 1 : 0);
            default -> totals.problem(problem);
          };
      if (count > 0) {
        list.add(new CaptureQuality(problem, count, totals.framesOf(problem)));
      }
    }
    return list;
  }
}
