/**
 * The byte streams of a connection, put together again from its segments: in order, each byte once,
 * with gaps and contradictions stated beside the bytes and never in them.
 *
 * <p>May import {@code decode}, {@code trace} and {@code wire}. {@link
 * dev.conntrace.stream.StreamAssembler} is the sink that a tracer is given; whoever wants the bytes
 * implements {@link dev.conntrace.stream.StreamSink}. Everything held is bounded, per direction and
 * over all connections, and what a bound takes away is told. Start reading at {@link
 * dev.conntrace.stream.StreamDirection}.
 */
@NullMarked
package dev.conntrace.stream;

import org.jspecify.annotations.NullMarked;
