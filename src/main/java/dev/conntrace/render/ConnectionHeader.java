package dev.conntrace.render;

import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CapturePoint;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Multipath;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TransportAddress;
import java.io.IOException;
import java.util.OptionalLong;

/** Prints what is known of a connection as a whole, before its segments. */
final class ConnectionHeader {
  private final Appendable out;
  private final Layout layout;
  private final Labelled entries;
  private final CaptureNotes notes;

  ConnectionHeader(Appendable out, Layout layout, Labelled entries, CaptureNotes notes) {
    this.out = out;
    this.layout = layout;
    this.entries = entries;
    this.notes = notes;
  }

  void print(String file, ConnectionReport report, ClockText clock) throws IOException {
    title(file, report);
    for (CaptureQuality quality : report.quality()) {
      if (!QualityWords.isHarmless(quality.problem())) {
        Meaning colour = QualityWords.colour(quality.problem());
        entries.print("beware", new Prose().add(colour, QualityWords.ofConnection(quality)));
      }
    }
    entries.print("client", client(report));
    entries.print("opening", opening(report));
    entries.print("closing", closing(report));
    entries.print("time", time(report, clock));
    entries.print("data", data(report));
    Handshake handshake = report.handshake();
    if (handshake != null) {
      entries.print("options", OptionWords.offers(handshake));
      if (handshake.client().seen() && handshake.server().seen()) {
        entries.print("in force", OptionWords.inForce(handshake.inForce()));
      }
      Multipath multipath = handshake.multipath();
      if (multipath != null) {
        entries.print("multipath", MultipathWords.of(multipath));
      }
    }
    if (report.rtt().samples() > 0) {
      entries.print("RTT", rtt(report));
    }
    if (report.capturePoint() != CapturePoint.UNKNOWN) {
      entries.print("seen from", report.capturePoint().words());
    }
    String encapsulation = report.encapsulation();
    if (encapsulation != null) {
      entries.print("inside", Escaped.text(encapsulation));
    }
    String scope = report.scope();
    if (scope != null) {
      String text = "addresses and ports, and " + Escaped.text(scope);
      entries.print("known by", text);
    }
    entries.print("notable", Findings.standingOut(report.annotations(), "nothing unusual"));
  }

  private void title(String file, ConnectionReport report) throws IOException {
    new Prose()
        .add(Meaning.TITLE, "Connection " + report.connection())
        .add(": ")
        .add(Meaning.CLIENT, "client " + named(report.key().client()))
        .add(" -> ")
        .add(Meaning.SERVER, "server " + named(report.key().server()))
        .add(Meaning.DIM, "  " + Escaped.text(file))
        .printTo(out, new Line(layout.palette()), 0, layout.width());
  }

  /** Returns an address, and behind it the name that the capture gives to its host. */
  private String named(TransportAddress address) {
    String name = notes.nameOf(address);
    return name.isEmpty() ? address.toString() : address + " (" + Escaped.text(name) + ")";
  }

  private static Prose client(ConnectionReport report) {
    return new Prose()
        .add(Meaning.CLIENT, report.key().client().toString())
        .add(", because " + report.roleEvidence().words());
  }

  private static Prose opening(ConnectionReport report) {
    Prose prose = new Prose();
    prose.add(Outcome.colour(report.opened()), report.opened().words());
    if (report.openedConfidence() == Confidence.LIKELY) {
      prose.add(" (likely: not all of it is in the capture)");
    }
    Handshake handshake = report.handshake();
    if (handshake == null) {
      return prose;
    }
    StringBuilder frames = new StringBuilder();
    add(frames, handshake.synFrame());
    add(frames, handshake.synAckFrame());
    if (!handshake.ackFrame().equals(handshake.synAckFrame())) {
      // A SYN-ACK completes the handshake itself where both sides called.
      add(frames, handshake.ackFrame());
    }
    if (frames.length() > 0) {
      prose.add(Meaning.FRAME, (frames.indexOf(",") < 0 ? ", frame " : ", frames ") + frames);
    }
    addLeg(prose, ": ", handshake.rttServerNanos(), Side.SERVER);
    addLeg(prose, ", ", handshake.rttClientNanos(), Side.CLIENT);
    return prose;
  }

  private static void add(StringBuilder list, OptionalLong frame) {
    if (frame.isPresent()) {
      list.append(list.length() == 0 ? "" : ", ").append(frame.getAsLong());
    }
  }

  private static void addLeg(Prose prose, String separator, OptionalLong nanos, Side to) {
    if (nanos.isPresent()) {
      prose.add(separator + Durations.text(nanos.getAsLong()) + " to the " + to.id() + " and back");
    }
  }

  private static Prose closing(ConnectionReport report) {
    Prose prose = new Prose();
    prose.add(Outcome.colour(report.closed()), report.closed().words());
    Party first = report.closedFirst();
    if (first == Party.CLIENT || first == Party.SERVER) {
      boolean reset = report.closed() == Closed.RESET;
      prose.add("; the " + first.id() + (reset ? " sent it" : " closed first"));
    }
    return prose;
  }

  private static Prose time(ConnectionReport report, ClockText clock) {
    String frames = Counted.frames(report.firstFrame(), report.lastFrame());
    if (report.startNanos() == SegmentFacts.NO_TIMESTAMP) {
      return new Prose().add(frames + "; the capture has no times");
    }
    if (report.firstFrame() == report.lastFrame()) {
      return new Prose().add(clock.moment(report.startNanos())).add(Meaning.FRAME, ", " + frames);
    }
    Prose prose =
        new Prose()
            .add(Durations.text(report.durationNanos()))
            .add(" from " + clock.moment(report.startNanos()))
            .add(Meaning.FRAME, ", " + frames);
    return new ClockSteps(report).any()
        ? prose.add(
            Meaning.WARNING, "; the capture's clock was set meanwhile, so it took another time")
        : prose;
  }

  private static Prose data(ConnectionReport report) {
    Prose prose = new Prose();
    addData(prose, Side.CLIENT, report.fromClient());
    prose.add("; ");
    addData(prose, Side.SERVER, report.fromServer());
    return prose;
  }

  private static void addData(Prose prose, Side side, DirectionTotals totals) {
    prose.add(Arrow.colour(side), side.id());
    prose.add(" " + Counted.of(totals.segments(), "segment"));
    prose.add(", " + Counted.of(totals.uniqueBytes(), "byte"));
    long again = totals.bytes() - totals.uniqueBytes();
    if (again > 0) {
      prose.add(" and " + again + " again");
    }
    if (totals.missingBytes() > 0) {
      prose.add(Meaning.WARNING, ", " + totals.missingBytes() + " more missing from the capture");
    }
  }

  /** Data each way apart: beside an end, one way is the path and the other hardly anything. */
  private static String rtt(ConnectionReport report) {
    StringBuilder text = new StringBuilder();
    for (Side side : Side.values()) {
      RttStatistics data = report.history().roundTrips().from(side).data();
      if (data.samples() > 0) {
        text.append(text.length() == 0 ? "" : "; ");
        addRtt(text, data, "from data of the " + side.id() + " to its ACK");
      }
    }
    if (text.length() == 0) {
      addRtt(text, report.rtt(), "from a segment to its ACK, handshake, close and delays included");
    }
    return text.toString();
  }

  private static void addRtt(StringBuilder text, RttStatistics rtt, String what) {
    text.append(Durations.text(rtt.medianNanos())).append(' ').append(what);
    if (rtt.samples() == 1) {
      text.append(" (1 sample)");
      return;
    }
    text.append(" (median of ").append(rtt.samples()).append("; ");
    text.append(Durations.text(rtt.minNanos())).append(" to ");
    text.append(Durations.text(rtt.maxNanos())).append(')');
  }
}
