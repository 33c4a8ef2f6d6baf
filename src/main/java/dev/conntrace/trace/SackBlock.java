package dev.conntrace.trace;

/**
 * One block of a SACK option (RFC 2018 3), in relative 64-bit positions of the direction that it
 * acknowledges.
 *
 * @param left the first byte received
 * @param right the byte after the last one received
 */
public record SackBlock(long left, long right) {}
