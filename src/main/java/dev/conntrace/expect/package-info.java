/**
 * Results to verdicts: what a capture, its connections and their segments must look like.
 *
 * <p>A {@link dev.conntrace.expect.TraceRecorder} keeps what a tracer tells as a {@link
 * dev.conntrace.expect.Trace}. An {@link dev.conntrace.expect.Expectation} asks for a {@link
 * dev.conntrace.expect.Fact} of a {@link dev.conntrace.expect.Subject} within a {@link
 * dev.conntrace.expect.Bound}; the command line, the file of rules and Java build them with the
 * same words. Start reading at {@link dev.conntrace.expect.Expectations}; how two captures are
 * compared, at {@link dev.conntrace.expect.CaptureDiff}.
 *
 * <p>Knows {@code trace}, {@code stream} and {@code select}. Everything kept is bounded ({@link
 * dev.conntrace.expect.TraceBounds}), and what a bound took away makes a verdict inconclusive.
 */
@NullMarked
package dev.conntrace.expect;

import org.jspecify.annotations.NullMarked;
