package dev.conntrace.capture;

/**
 * Packets were dropped somewhere in an interval of a capture (pcapng interface statistics, which
 * count since the ones before them).
 *
 * @param afterFrame the frame before it, 0 for the beginning
 * @param upToFrame the last frame in it; the drops may have come right behind that one too
 */
public record LossyFrames(long afterFrame, long upToFrame) {}
