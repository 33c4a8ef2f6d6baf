package dev.conntrace.trace;

/**
 * Where a packet of a merged capture stands in its own file.
 *
 * @param file the file's name as the user gave it
 * @param frame the packet's number there, from 1
 */
public record SourceFrame(String file, long frame) {}
