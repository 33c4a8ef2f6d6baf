package dev.conntrace.stream;

import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.Side;

/**
 * Names one of a connection's two byte streams.
 *
 * @param connection the connection's number
 * @param key who talks to whom
 * @param from whose bytes they are
 */
public record StreamId(int connection, ConnectionKey key, Side from) {}
