package dev.conntrace.sockets;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.KernelSource;
import dev.conntrace.trace.SocketOwner;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one socket at one moment, before it is known which connection it belongs to.
 *
 * @param timestampNanos when, by the clock of the packets
 * @param local the socket's own address; port 0 for a call that has no port yet
 * @param remote the other end's; port 0 for a listener
 * @param state its state; CLOSED where there is no such socket any more
 * @param source how the kernel told
 * @param socket what the kernel has; null where it only told of a change
 * @param owner who holds it or last held it; null if not known
 * @param byCall whether the owner's own call made it so
 */
record Sighting(
    long timestampNanos,
    TransportAddress local,
    TransportAddress remote,
    TcpState state,
    KernelSource source,
    @Nullable KernelSocket socket,
    @Nullable SocketOwner owner,
    boolean byCall) {

  boolean isListener() {
    return remote.port() == 0;
  }

  /** Returns the same with the port that it had none of yet. */
  Sighting from(TransportAddress address) {
    return new Sighting(timestampNanos, address, remote, state, source, socket, owner, byCall);
  }

  /** Returns the same socket with its owner. */
  Sighting heldBy(SocketOwner holder) {
    return new Sighting(timestampNanos, local, remote, state, source, socket, holder, byCall);
  }
}
