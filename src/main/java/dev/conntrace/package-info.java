/**
 * The front door: what a program that embeds conntrace imports first.
 *
 * <p>{@link dev.conntrace.Tracer} takes packets from a {@code PacketSource} and tells a {@code
 * TraceSink} what they mean. One thread per tracer.
 */
@NullMarked
package dev.conntrace;

import org.jspecify.annotations.NullMarked;
