package dev.conntrace.junit;

import dev.conntrace.expect.DiffOptions;
import dev.conntrace.expect.Expectations;
import dev.conntrace.expect.Golden;
import dev.conntrace.expect.Relation;
import dev.conntrace.expect.Subject;
import dev.conntrace.expect.Trace;
import dev.conntrace.trace.AnnotationKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Assertions about a capture as a whole, and the way to those about its connections. */
public final class TraceAssert {
  private final Trace trace;
  private final Checks checks;

  TraceAssert(Trace trace, Checks checks) {
    this.trace = trace;
    this.checks = checks;
  }

  /** Goes on with the connection of this number, from 1 in order of first frame. */
  public ConnectionAssert connection(int number) {
    return about(Subject.connection(number));
  }

  /** Goes on with every connection: all of them must be so. */
  public ConnectionAssert connections() {
    return about(Subject.connections());
  }

  /** Goes on with every connection from or to this port; there must be one. */
  public ConnectionAssert connectionsOfPort(int port) {
    return about(Subject.connections().with("port", Integer.toString(port)));
  }

  /**
   * Goes on with every connection of which an expression over the fields of its record holds, as in
   * {@code client in 10.0.0.0/8 and from_client.bytes > 1k} ({@code conntrace explain where}).
   *
   * @throws dev.conntrace.expect.ExpectationException if it cannot be understood
   */
  public ConnectionAssert connectionsWhere(String expression) {
    return about(Subject.connections().with("where", expression));
  }

  /** Goes on with the connections that a subject picks. */
  public ConnectionAssert about(Subject connections) {
    return new ConnectionAssert(trace, connections, checks);
  }

  /** Demands that there are so many connections. */
  public TraceAssert hasConnections(int count) {
    checks.check(
        Expectations.of(
            Subject.capture(), "connections", Relation.EXACTLY, Integer.toString(count)),
        trace);
    return this;
  }

  /** Demands that no segment of any connection carries this annotation. */
  public TraceAssert hasNo(AnnotationKind kind) {
    checks.check(Expectations.of(Subject.capture(), kind.id(), Relation.NONE), trace);
    return this;
  }

  /** Demands that some segment of some connection carries this annotation. */
  public TraceAssert has(AnnotationKind kind) {
    checks.check(Expectations.of(Subject.capture(), kind.id(), Relation.SOME), trace);
    return this;
  }

  /** Demands that the capture says of no packet that it was dropped while it was taken. */
  public TraceAssert droppedNoPackets() {
    checks.check(Expectations.of(Subject.capture(), "drops", Relation.NONE), trace);
    return this;
  }

  /**
   * Demands what a line of words says, as {@code conntrace verify --that} takes it: {@code
   * connection port 6573: rtt_p95 at most 50 ms}.
   *
   * @throws dev.conntrace.expect.ExpectationException if it cannot be understood
   */
  public TraceAssert that(String line) {
    checks.check(Expectations.that(line), trace);
    return this;
  }

  /**
   * Demands that TCP did the same as in a capture that is known to be good, as {@code conntrace
   * diff} compares them: whatever changes from run to run does not count.
   *
   * @throws UncheckedIOException if that capture cannot be read
   */
  public TraceAssert isLike(Path golden) {
    return isLike(golden, DiffOptions.DEFAULT);
  }

  /** Demands the same as {@link #isLike(Path)}, and says what counts. */
  public TraceAssert isLike(Path golden, DiffOptions options) {
    try {
      return isLike(TraceReader.read(golden), options);
    } catch (IOException e) {
      throw new UncheckedIOException("the golden capture: " + e.getMessage(), e);
    }
  }

  /** Demands that TCP did the same as in another capture. */
  public TraceAssert isLike(Trace golden, DiffOptions options) {
    checks.check(new Golden(golden, options).check(trace), trace);
    return this;
  }
}
