package dev.conntrace.trace;

/**
 * One server address and who called it.
 *
 * @param address the server's address and port
 * @param clients how many different client addresses called
 * @param clientsExact false where {@code clients} is a lower bound
 * @param connections connections of any outcome
 * @param mostAtOnce the most that were open at the same time
 * @param refused connections answered by a RST
 * @param unanswered connections never answered
 */
public record ListenerReport(
    TransportAddress address,
    long clients,
    boolean clientsExact,
    long connections,
    long mostAtOnce,
    long refused,
    long unanswered) {}
