/**
 * What the bytes mean: header views, TCP options, sequence arithmetic, checksums.
 *
 * <p>Imports nothing else of conntrace. A view is laid over bytes once and checks lengths there;
 * every accessor after that is total. Views own no memory and are valid only as long as the bytes
 * beneath them. Start reading at {@link dev.conntrace.wire.SeqNum} and {@link
 * dev.conntrace.wire.TcpFlags}.
 */
@NullMarked
package dev.conntrace.wire;

import org.jspecify.annotations.NullMarked;
