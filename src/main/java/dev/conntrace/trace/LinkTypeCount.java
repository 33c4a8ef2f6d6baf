package dev.conntrace.trace;

/**
 * How many packets had a link layer that cannot be looked inside.
 *
 * @param number the link-layer type's number in capture files
 * @param name its name in words, number included
 * @param packets how many packets
 */
public record LinkTypeCount(int number, String name, long packets) {}
