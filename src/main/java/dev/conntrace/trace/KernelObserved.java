package dev.conntrace.trace;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel has of one end of a connection, beside what the segments prove. It comes in its
 * place by time between the segments, only when something has changed, and only live on the host of
 * the socket.
 *
 * @param connection the connection's number
 * @param side whose socket; a listener is the server's
 * @param timestampNanos when, by the clock of the packets
 * @param state the kernel's state; {@link TcpState#CLOSED} where it has no such socket
 * @param inferred the state that the segments up to then prove
 * @param agreement how the two compare
 * @param reason why they differ, or what is special though they do not; empty if nothing is
 * @param source how the kernel told
 * @param socket what the kernel has; null where it only told of the change, or has nothing any more
 * @param owner who holds the socket, or last held it; null where that is not known
 * @param proves the calls that this proves for the first time
 */
public record KernelObserved(
    int connection,
    Side side,
    long timestampNanos,
    TcpState state,
    TcpState inferred,
    KernelAgreement agreement,
    String reason,
    KernelSource source,
    @Nullable KernelSocket socket,
    @Nullable SocketOwner owner,
    Set<SocketCall> proves)
    implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
