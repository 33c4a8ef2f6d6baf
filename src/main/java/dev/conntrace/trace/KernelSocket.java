package dev.conntrace.trace;

import org.jspecify.annotations.Nullable;

/**
 * A TCP socket as the kernel has it at one moment.
 *
 * <p>Not everything that the kernel lists is a whole socket: a connection that waits for the third
 * segment of its handshake is a mere {@linkplain #isRequest request}, one in TIME_WAIT (or in a
 * FIN_WAIT_2 whose program has closed) a {@linkplain #isTimeWait remainder} without queues.
 *
 * @param state its state
 * @param local its own address; the unspecified address ({@code 0.0.0.0}, {@code ::}) where it
 *     listens on all
 * @param remote the other end's; port 0 for a listener
 * @param ipv6Only whether an IPv6 listener takes no IPv4 connections
 * @param receiveQueue bytes that the program has not read yet, a FIN counting as one; for a
 *     listener, connections that wait to be accepted
 * @param sendQueue bytes that are not acknowledged yet; for a listener, how many connections may
 *     wait: its backlog
 * @param timer which timer runs
 * @param timerMillis how long until it ends; 0 without a timer
 * @param attempts how often it was run out in a row
 * @param inode the number of the socket among open files; 0 while no program holds it, either
 *     because it is not accepted yet or because it was closed
 * @param userId the user that it belongs to; 0 also where no program holds it
 * @param info how its sending goes; null where the kernel tells nothing of it
 */
public record KernelSocket(
    TcpState state,
    TransportAddress local,
    TransportAddress remote,
    boolean ipv6Only,
    long receiveQueue,
    long sendQueue,
    SocketTimer timer,
    long timerMillis,
    int attempts,
    long inode,
    long userId,
    @Nullable TcpInfo info) {

  /** Returns whether it waits for connections. */
  public boolean isListener() {
    return state == TcpState.LISTEN;
  }

  /** Returns whether a program holds it. */
  public boolean isHeld() {
    return inode != 0;
  }

  /** Returns whether it is only the note of a SYN that was answered. */
  public boolean isRequest() {
    return state == TcpState.SYN_RECEIVED && inode == 0;
  }

  /** Returns whether it is what is left of a closed socket until its time is over. */
  public boolean isTimeWait() {
    return timer == SocketTimer.TIME_WAIT;
  }
}
