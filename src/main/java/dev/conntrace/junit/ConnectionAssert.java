package dev.conntrace.junit;

import dev.conntrace.expect.Expectation;
import dev.conntrace.expect.Expectations;
import dev.conntrace.expect.Relation;
import dev.conntrace.expect.Subject;
import dev.conntrace.expect.Trace;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Assertions about connections: each must be so, and there must be one. What these methods cannot
 * say, {@link #has(String, Relation, String)} can.
 */
public final class ConnectionAssert {
  private final Trace trace;
  private final Subject subject;
  private final Checks checks;

  ConnectionAssert(Trace trace, Subject subject, Checks checks) {
    this.trace = trace;
    this.subject = subject;
    this.checks = checks;
  }

  /** Goes back to the capture, to go on with another connection. */
  public TraceAssert and() {
    return new TraceAssert(trace, checks);
  }

  /** Demands SYN, SYN-ACK and ACK. */
  public ConnectionAssert openedByThreeWayHandshake() {
    return opened(Opened.THREE_WAY);
  }

  /** Demands that it opened like this. */
  public ConnectionAssert opened(Opened how) {
    return has("opened", Relation.EXACTLY, how.id());
  }

  /** Demands that it closed like this. */
  public ConnectionAssert closed(Closed how) {
    return has("closed", Relation.EXACTLY, how.id());
  }

  /** Demands that both sides closed with a FIN, in three segments or four. */
  public ConnectionAssert closedInOrder() {
    return has(
        "closed",
        Relation.ONE_OF,
        Closed.FOUR_SEGMENT.id()
            + ","
            + Closed.THREE_SEGMENT.id()
            + ","
            + Closed.SIMULTANEOUS.id());
  }

  /** Demands that this side sent the first FIN, or the RST that ended it. */
  public ConnectionAssert closedFirstBy(Side side) {
    return has("closed_first", Relation.EXACTLY, side.id());
  }

  /** Demands that a side's last state is this one. */
  public ConnectionAssert endedIn(Side side, TcpState state) {
    return has(side.id() + "_state", Relation.EXACTLY, state.name());
  }

  /** Demands that this side alone is left in TIME_WAIT. */
  public ConnectionAssert leftInTimeWait(Side side) {
    return has("time_wait.owner", Relation.EXACTLY, side.id());
  }

  /** Demands that no segment carries this annotation. */
  public ConnectionAssert hasNo(AnnotationKind kind) {
    return check(Expectations.of(subject, kind.id(), Relation.NONE));
  }

  /** Demands that a segment carries this annotation. */
  public ConnectionAssert has(AnnotationKind kind) {
    return check(Expectations.of(subject, kind.id(), Relation.SOME));
  }

  /** Demands that so many segments carry this annotation. */
  public ConnectionAssert hasExactly(long count, AnnotationKind kind) {
    return has(kind.id(), Relation.EXACTLY, Long.toString(count));
  }

  /** Demands that no more segments than this carry this annotation. */
  public ConnectionAssert hasAtMost(long count, AnnotationKind kind) {
    return has(kind.id(), Relation.AT_MOST, Long.toString(count));
  }

  /** Demands that at least so many segments carry this annotation. */
  public ConnectionAssert hasAtLeast(long count, AnnotationKind kind) {
    return has(kind.id(), Relation.AT_LEAST, Long.toString(count));
  }

  /** Demands that something happens before something else: each first time counts. */
  public ConnectionAssert happensBefore(AnnotationKind first, AnnotationKind second) {
    return check(Expectations.order(subject, first.id(), second.id(), ""));
  }

  /** Demands that something happens before something else, and not longer before. */
  public ConnectionAssert happensBefore(
      AnnotationKind first, AnnotationKind second, Duration within) {
    return check(Expectations.order(subject, first.id(), second.id(), nanos(within)));
  }

  /** Demands that a side's SYN offered this MSS. */
  public ConnectionAssert offersMss(Side side, int bytes) {
    return has("handshake." + side.id() + ".mss", Relation.EXACTLY, Integer.toString(bytes));
  }

  /** Demands that a side's SYN offered this window scale. */
  public ConnectionAssert offersWindowScale(Side side, int shift) {
    String fact = "handshake." + side.id() + ".window_scale";
    return has(fact, Relation.EXACTLY, Integer.toString(shift));
  }

  /** Demands that both sides offered SACK. */
  public ConnectionAssert usesSack() {
    return has("handshake.in_force.sack", Relation.EXACTLY, "true");
  }

  /** Demands that both sides offered timestamps. */
  public ConnectionAssert usesTimestamps() {
    return has("handshake.in_force.timestamps", Relation.EXACTLY, "true");
  }

  /** Demands that a side sent so many bytes, each counted once. */
  public ConnectionAssert sentBytes(Side from, long count) {
    return has("from_" + from.id() + ".unique_bytes", Relation.EXACTLY, Long.toString(count));
  }

  /** Demands that a side's bytes are this text in UTF-8. */
  public ConnectionAssert sent(Side from, String text) {
    return payload(from, Relation.EXACTLY, text);
  }

  /** Demands that a side's bytes begin with this text. */
  public ConnectionAssert sentFirst(Side from, String text) {
    return payload(from, Relation.STARTS_WITH, text);
  }

  /** Demands that a side's bytes hold this text. */
  public ConnectionAssert sentAmongOthers(Side from, String text) {
    return payload(from, Relation.CONTAINS, text);
  }

  /** Demands that a side's bytes are those of a file. */
  public ConnectionAssert sentFile(Side from, Path file) {
    return has(
        "from_" + from.id() + ".payload", Relation.EQUALS_FILE, file.toAbsolutePath().toString());
  }

  /** Demands that no byte was acknowledged that the capture does not hold. */
  public ConnectionAssert missesNoBytes() {
    return check(Expectations.of(subject, "missing_bytes", Relation.NONE));
  }

  /** Demands that SYN, SYN-ACK and ACK took no longer. */
  public ConnectionAssert openedWithin(Duration most) {
    return has("handshake_time", Relation.AT_MOST, nanos(most));
  }

  /** Demands that it lasted no longer. */
  public ConnectionAssert lastedAtMost(Duration most) {
    return has("duration", Relation.AT_MOST, nanos(most));
  }

  /** Demands that 95 of 100 round trips took no longer. */
  public ConnectionAssert roundTripsWithin(Duration most) {
    return has("rtt.p95", Relation.AT_MOST, nanos(most));
  }

  /** Demands that no two segments lie further apart. */
  public ConnectionAssert idleAtMost(Duration most) {
    return has("longest_idle", Relation.AT_MOST, nanos(most));
  }

  /**
   * Demands that a fact is held in relation to a value: {@code has("rtt.p95", AT_MOST, "50 ms")}.
   * {@code conntrace explain expectations} lists the facts.
   *
   * @throws dev.conntrace.expect.ExpectationException if there is no such fact, or it cannot be
   *     held against the value
   */
  public ConnectionAssert has(String fact, Relation relation, String value) {
    return check(Expectations.of(subject, fact, relation, value));
  }

  private ConnectionAssert check(Expectation expectation) {
    checks.check(expectation, trace);
    return this;
  }

  private ConnectionAssert payload(Side from, Relation relation, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return check(Expectations.payload(subject, from, relation, bytes));
  }

  private static String nanos(Duration duration) {
    return duration.toNanos() + " ns";
  }
}
