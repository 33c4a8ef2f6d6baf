package dev.conntrace.junit;

import dev.conntrace.expect.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/**
 * Where assertions about captures begin; to be imported statically.
 *
 * <pre>{@code
 * assertThat(trace)
 *     .hasConnections(1)
 *     .connection(1)
 *     .openedByThreeWayHandshake()
 *     .closedFirstBy(CLIENT)
 *     .hasNo(RETRANSMISSION);
 * }</pre>
 *
 * <p>Each assertion is an expectation of {@link dev.conntrace.expect.Expectations}; where it does
 * not hold, an {@code AssertionError} says what was expected, what was found, and shows the
 * segments around it. A capture that is damaged or lost packets does not pass what it cannot prove.
 */
public final class ConntraceAssertions {
  private ConntraceAssertions() {}

  /** Begins assertions about a capture; the first that does not hold fails the test. */
  public static TraceAssert assertThat(Trace trace) {
    return new TraceAssert(trace, Checks.AT_ONCE);
  }

  /**
   * Begins assertions about what was captured; it {@linkplain LiveTrace#trace ends} the capture.
   */
  public static TraceAssert assertThat(LiveTrace live) {
    return assertThat(live.trace());
  }

  /**
   * Makes all assertions about a capture, and fails with all that do not hold.
   *
   * <pre>{@code
   * assertSoftly(trace, capture -> {
   *   capture.hasConnections(2);
   *   capture.connections().hasNo(RESET);
   * });
   * }</pre>
   */
  public static void assertSoftly(Trace trace, Consumer<TraceAssert> assertions) {
    List<AssertionError> failures = new ArrayList<>();
    assertions.accept(new TraceAssert(trace, new Checks(failures)));
    if (failures.size() == 1) {
      throw failures.get(0);
    }
    List<Executable> rethrown = new ArrayList<>();
    for (AssertionError failure : failures) {
      rethrown.add(
          () -> {
            throw failure;
          });
    }
    Assertions.assertAll(trace.name(), rethrown);
  }
}
