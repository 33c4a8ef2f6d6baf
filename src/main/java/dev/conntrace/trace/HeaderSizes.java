package dev.conntrace.trace;

/**
 * What each layer of one packet takes, in bytes.
 *
 * @param link everything before the innermost IP header
 * @param ip the IP header with options or extension headers
 * @param tcp the TCP header with options
 */
public record HeaderSizes(int link, int ip, int tcp) {}
