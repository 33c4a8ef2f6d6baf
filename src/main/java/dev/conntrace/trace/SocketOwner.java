package dev.conntrace.trace;

/**
 * The process that holds a socket.
 *
 * @param pid its number
 * @param command its name as the kernel keeps it, at most 15 bytes; the program chose it, so it may
 *     hold anything
 */
public record SocketOwner(long pid, String command) {}
