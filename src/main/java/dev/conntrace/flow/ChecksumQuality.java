package dev.conntrace.flow;

import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import java.util.List;

/**
 * What a connection's checksums say of the capture. A few wrong ones among right ones were damaged
 * on the way; where most of a direction are wrong, the capture does not show them as they were
 * sent.
 */
final class ChecksumQuality {
  private ChecksumQuality() {}

  static void add(Connection connection, List<CaptureQuality> list) {
    Totals client = connection.client().totals();
    Totals server = connection.server().totals();
    int partial = client.partialChecksums();
    int bad = bad(client);
    int unreliable = client.badChecksums() - bad;
    FirstFrames frames = bad > 0 ? client.badFrames() : FirstFrames.NONE;
    if (!connection.isSelf()) {
      partial += server.partialChecksums();
      bad += bad(server);
      unreliable += server.badChecksums() - bad(server);
      frames = bad(server) > 0 ? FirstFrames.NONE.with(frames).with(server.badFrames()) : frames;
    }
    note(Problem.CHECKSUM_PARTIAL, partial, FirstFrames.NONE, list);
    note(Problem.CHECKSUM_BAD, bad, frames, list);
    note(Problem.CHECKSUM_UNRELIABLE, unreliable, FirstFrames.NONE, list);
  }

  private static int bad(Totals totals) {
    return totals.hasReliableChecksums() ? totals.badChecksums() : 0;
  }

  private static void note(
      Problem problem, int count, FirstFrames frames, List<CaptureQuality> list) {
    if (count > 0) {
      list.add(new CaptureQuality(problem, count, frames.list()));
    }
  }
}
