package dev.conntrace.flow;

import dev.conntrace.decode.IcmpError;
import dev.conntrace.decode.Segment;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KeyPart;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds each segment's connection, has it examined, applies it, and tells the sink. */
public final class ConnectionTracker {
  /**
   * How many connections are followed of which only one side has been heard: a flood of SYNs makes
   * one of each. Servers themselves wait for far fewer (tcp_max_syn_backlog in tcp(7)).
   */
  private static final int MAX_UNANSWERED = 1 << 15;

  private final long timeWaitNanos;
  private final int maxConnections;
  private final SegmentAnalyzer analyzer;
  private final Supplier<? extends Chronicle> chronicles;
  private final TraceSink sink;
  private final boolean hearsSegments;
  private final boolean hearsOpenings;
  private final boolean keepsHistories;
  private final HoldBack holdBack;
  private final VerdictTally tally;
  private final ConnectionTable table;
  private final UnansweredCalls calls = new UnansweredCalls();
  private final Lingering finished = new Lingering();
  private final SpareRings spareRings = new SpareRings();
  private final ConnectionTotals totals = new ConnectionTotals();
  private final FlowSegment flow = new FlowSegment();
  private final Transitions transitions = new Transitions();
  private final Findings findings = new Findings();
  private final Subflows subflows = new Subflows();
  private final CaptureClock clock = new CaptureClock();
  private final CaptureTrust trust = new CaptureTrust(clock);
  private final PayloadView payload = new PayloadView();
  private final CoverageRecorder coverage = new CoverageRecorder();
  private int connections;
  private long nowNanos;
  private long latestNanos = Long.MIN_VALUE;
  private boolean timed;

  /**
   * Prepares to follow the connections of one capture.
   *
   * @param timeWaitNanos how long TIME_WAIT is expected to last
   * @param maxConnections how many connections are followed at once; beyond that the quietest is
   *     given up
   * @param key what tells connections apart beside addresses and ports
   * @param analyzer what examines each segment
   * @param chronicles makes the empty chronicle of each connection of which the sink wants the
   *     {@link Importance#BYTES}, or the report with its {@linkplain TraceSink#wantsHistories
   *     history}
   * @param sink hears what was found
   */
  public ConnectionTracker(
      long timeWaitNanos,
      int maxConnections,
      Set<KeyPart> key,
      SegmentAnalyzer analyzer,
      Supplier<? extends Chronicle> chronicles,
      TraceSink sink) {
    table = key.isEmpty() ? new ConnectionTable() : new ScopedConnectionTable(key);
    this.timeWaitNanos = timeWaitNanos;
    this.maxConnections = maxConnections;
    this.analyzer = analyzer;
    this.chronicles = chronicles;
    this.sink = sink;
    hearsSegments = sink.mayWantSegments();
    hearsOpenings = sink.wantsOpenings();
    keepsHistories = sink.wantsHistories();
    holdBack = new HoldBack(sink);
    tally = new VerdictTally(holdBack);
  }

  /** Takes one segment in. */
  public void track(Segment segment) {
    long time = timeOf(segment);
    Connection connection = connectionOf(segment);
    connection.touch(segment, time);
    Endpoint sender = connection.senderOf(segment);
    if (connection.unanswered && connection.peerOf(sender).hasNxt()) {
      calls.remove(connection);
    }
    Bases.prepare(segment, sender, connection.peerOf(sender), connection);
    flow.place(segment, connection, sender, time, latestNanos);
    if (clock.isHearing()) {
      clock.hear(flow);
    }
    findings.begin(segment.frame());
    if (flow.isDoubtful()) {
      Resumption.weigh(flow, findings);
    }
    StateMachine.plan(flow, transitions);
    analyzer.examine(flow, transitions, findings);
    trust.weigh(flow, findings);
    if (findings.setAside()) {
      transitions.begin(flow);
    } else if (connection.chronicle != null) {
      connection.chronicle.note(flow, findings);
    }
    boolean wanted = wantsSegments(connection);
    if (wanted) {
      coverage.begin(flow);
    }
    if (transitions.isUneventful()) {
      SegmentApplication.apply(flow, transitions, findings);
    } else {
      applyEvent(connection, time);
    }
    tell(connection, wanted);
    release();
  }

  /** Applies a segment that may open or finish its connection. */
  private void applyEvent(Connection connection, long time) {
    boolean wasOver = connection.isFinished();
    boolean wasEstablished = connection.opening().isEstablished();
    SegmentApplication.apply(flow, transitions, findings);
    if (flow.segment().options().hasMptcp()) {
      subflows.note(flow);
    }
    totals.noteProgress(connection, wasEstablished, wasOver);
    if (connection.isFinished()) {
      noteFinished(connection, wasOver, time);
    }
  }

  private long timeOf(Segment segment) {
    if (segment.timestampNanos() != SegmentFacts.NO_TIMESTAMP) {
      if (timed) {
        clock.pass(nowNanos, segment.timestampNanos(), segment.frame());
      }
      timed = true;
      nowNanos = segment.timestampNanos();
    }
    latestNanos = Math.max(latestNanos, nowNanos);
    return nowNanos;
  }

  private Connection connectionOf(Segment segment) {
    Connection newest = table.find(segment);
    if (newest == null || Incarnations.begins(newest, segment)) {
      return open(segment, newest);
    }
    Connection older = newest.older;
    if (older != null
        && !older.retired
        && !Incarnations.fits(newest, segment)
        && Incarnations.fits(older, segment)) {
      return older;
    }
    return newest;
  }

  private Connection open(Segment segment, @Nullable Connection older) {
    retireFinished();
    RoleEvidence evidence = Roles.evidence(segment);
    Connection connection =
        new Connection(
            ++connections, segment, Roles.senderIsClient(segment, evidence), evidence, spareRings);
    StateMachine.begin(connection, evidence);
    if (older != null) {
      succeed(older, connection);
    }
    makeRoom();
    table.add(connection, segment);
    calls.add(connection);
    totals.noteOpened(connection);
    boolean told = sink.wants(Importance.CONNECTION, connection.number());
    if ((told && keepsHistories) || sink.wants(Importance.BYTES, connection.number())) {
      connection.chronicle = chronicles.get();
    }
    if (told && hearsOpenings) {
      holdBack.add(
          new ConnectionOpened(
              connection.number(), connection.key(), segment.frame(), segment.timestampNanos()));
    }
    return connection;
  }

  private void makeRoom() {
    Connection call = calls.oldest();
    while (call != null && calls.size() >= MAX_UNANSWERED) {
      totals.noteBound();
      retire(call);
      call = calls.oldest();
    }
    while (table.size() >= maxConnections && table.quietest() != null) {
      totals.noteBound();
      retire(table.quietest());
    }
  }

  /**
   * The one before the older one is told of no more; the older one stays reachable for its strays.
   */
  private void succeed(Connection older, Connection newer) {
    Connection oldest = older.older;
    if (oldest != null && wasReal(oldest) && !older.opening().isEstablished()) {
      // Calls that came to nothing do not push out the connection that strays would have to find.
      older.older = null;
      retire(older);
      newer.older = oldest;
      oldest.successor = newer;
      return;
    }
    if (oldest != null) {
      retire(oldest);
      older.older = null;
    }
    table.remove(older);
    newer.older = older;
    older.successor = newer;
  }

  private static boolean wasReal(Connection connection) {
    return !connection.retired && connection.opening().isEstablished();
  }

  private void noteFinished(Connection connection, boolean wasOver, long time) {
    connection.ownEnding().finish(time);
    if (!wasOver) {
      finished.add(connection);
    }
  }

  private void retireFinished() {
    Connection connection = finished.takeFirst(latestNanos);
    while (connection != null) {
      if (connection.isFinished()) {
        retire(connection);
        if (!Lingering.isDue(connection, latestNanos)) {
          totals.noteBound();
        }
      }
      connection = finished.takeFirst(latestNanos);
    }
  }

  /**
   * Tells the sink what could still change, as far as it is old enough: verdicts, which are likely
   * at best then if their segments still wait for an acknowledgement, and the reports of finished
   * connections, of which strays may still come.
   *
   * @param ageNanos how old, in the time of packets; 0 for everything
   */
  public void settle(long ageNanos) {
    long before = latestNanos - ageNanos;
    holdBack.settle(before);
    for (Connection connection : finished.all()) {
      boolean due = connection.isFinished() && connection.ending().finishedNanos() <= before;
      if (due && isToReport(connection)) {
        report(connection, Judgement.of(connection));
      }
    }
  }

  private void retire(Connection connection) {
    if (connection.retired) {
      return;
    }
    if (connection.older != null) {
      retire(connection.older);
      connection.older = null;
    }
    connection.retired = true;
    calls.remove(connection);
    connection.successor = null;
    table.remove(connection);
    Judgement judgement = Judgement.of(connection);
    totals.noteRetired(connection, judgement);
    if (isToReport(connection)) {
      report(connection, judgement);
    }
  }

  private boolean isToReport(Connection connection) {
    return !connection.reported && sink.wants(Importance.CONNECTION, connection.number());
  }

  private void report(Connection connection, Judgement judgement) {
    connection.reported = true;
    ConnectionReporter reporter = new ConnectionReporter(timeWaitNanos, timed);
    holdBack.add(new ConnectionClosed(reporter.report(connection, judgement)));
  }

  private void tell(Connection connection, boolean wanted) {
    if (hearsSegments && sink.wants(Importance.PAYLOAD, connection.number())) {
      payload.show(flow, findings);
      sink.payload(payload);
    }
    tally.take(findings, connection, flow.frame(), wanted, latestNanos);
    if (wanted) {
      holdBack.add(
          SegmentRecorder.record(
              flow, transitions, findings, coverage.end(flow), moved(connection)),
          flow);
    }
    if (transitions.count() > 0 && sink.wants(Importance.STATE, connection.number())) {
      for (int i = 0; i < transitions.count(); i++) {
        holdBack.add(SegmentRecorder.change(flow, transitions, i));
      }
    }
  }

  private boolean wantsSegments(Connection connection) {
    return hearsSegments && sink.wants(Importance.SEGMENT, connection.number());
  }

  /** Returns what the segment moved in the streams, for sinks that want to know. */
  private BytesMoved moved(Connection connection) {
    Chronicle chronicle = connection.chronicle;
    return chronicle != null && sink.wants(Importance.BYTES, connection.number())
        ? chronicle.moved(flow, findings)
        : BytesMoved.NONE;
  }

  /**
   * Takes an ICMP error in: it throws light on the nearest earlier segment that it quotes, and may
   * be the only answer to a SYN.
   */
  public void trackIcmpError(IcmpError error) {
    Segment quoted = error.quoted();
    Connection connection = table.find(quoted);
    if (connection == null) {
      return;
    }
    Endpoint sender = connection.senderOf(quoted);
    long entry = sender.ledger().newestStartingAt(sender.relative(quoted.seq()));
    if (entry < 0) {
      return;
    }
    if (sender.state() == TcpState.SYN_SENT && error.reason() != IcmpError.Reason.TOO_LARGE) {
      connection.opening().filter();
    }
    if (connection.isFinal(sender, entry, latestNanos) || !sender.ledger().markQuoted(entry)) {
      return;
    }
    if (error.reason() == IcmpError.Reason.TOO_LARGE) {
      sender.ownQuotes().add(entry, quoted.frame());
    }
    findings.begin(quoted.frame());
    IcmpNotes.add(error, sender.ledger().frame(entry), findings);
    boolean wanted = wantsSegments(connection);
    tally.take(findings, connection, quoted.frame(), wanted, latestNanos);
    release();
  }

  /**
   * Takes note, before the first segment, that packets were dropped somewhere behind one frame and
   * before the one after the other; intervals come in order.
   */
  public void foretellLoss(long afterFrame, long upToFrame) {
    trust.foretell(afterFrame, upToFrame);
  }

  /** Takes note of packets that were dropped before the present one. */
  public void noteLoss(CaptureLoss loss) {
    trust.noteLoss(loss.frame());
    pass(loss);
  }

  /** Takes note that packets may be missing right before the present one, of this number. */
  public void doubt(long frame) {
    trust.noteLoss(frame);
  }

  /** Passes an event that belongs to no connection on, in its place among the others. */
  public void pass(TraceEvent event) {
    holdBack.add(event);
    release();
  }

  private void release() {
    if (holdBack.release(latestNanos) > 0) {
      totals.noteBound();
    }
  }

  /** Ends every connection: the capture is over. Their reports come in order of first frame. */
  public void finish() {
    clock.decide();
    totals.noteClockSteps(clock);
    holdBack.flush();
    for (Connection connection : table.all()) {
      retire(connection);
    }
    holdBack.flush();
  }

  /** Returns what all connections add up to; complete after {@link #finish}. */
  public ConnectionTotals totals() {
    return totals;
  }
}
