package dev.conntrace.trace;

/**
 * What one side sent, in bytes of payload.
 *
 * @param segments segments of any kind
 * @param bytes payload bytes, every copy counted
 * @param uniqueBytes payload bytes, each position of the stream counted once
 * @param missingBytes positions that the other side acknowledged but the capture does not hold
 */
public record DirectionTotals(long segments, long bytes, long uniqueBytes, long missingBytes) {}
