package dev.conntrace.trace;

/**
 * One header of a packet.
 *
 * @param name what it is, as people call it: {@code Ethernet}, {@code VLAN}, {@code IPv6}
 * @param bytes how long it is
 */
public record Layer(String name, int bytes) {}
