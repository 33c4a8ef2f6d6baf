package dev.conntrace.sockets;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's TCP sockets, asked for through netlink (sock_diag(7)): those of the network
 * namespace that the process is in. Every user may ask.
 *
 * <p>An IPv6 socket that speaks IPv4 appears with its IPv4 addresses. To be used by one thread.
 */
public final class SocketTable implements Closeable {
  /** The kernel fills at most 32 KiB at once (netlink(7)). */
  private static final int ANSWER_BYTES = 1 << 16;

  private static final int HEADER_BYTES = 16;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int ENOENT = 2;

  private final int fd;
  private final Memory request = new Memory(SocketMessage.REQUEST_BYTES);
  private final Memory answer = new Memory(ANSWER_BYTES);
  private final ByteBuffer question;
  private final ByteBuffer answers;
  private int sequence;

  private SocketTable(int fd) {
    this.fd = fd;
    question = request.getByteBuffer(0, SocketMessage.REQUEST_BYTES);
    answers = answer.getByteBuffer(0, ANSWER_BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * Opens the way to the kernel.
   *
   * @throws SocketTableException if this is not Linux, or its kernel does not tell
   */
  public static SocketTable open() throws SocketTableException {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
      throw new SocketTableException("only Linux can be asked for its sockets");
    }
    SocketTable table;
    try {
      table =
          new SocketTable(
              SystemCalls.socket(
                  SystemCalls.AF_NETLINK,
                  SystemCalls.SOCK_DGRAM | SystemCalls.SOCK_CLOEXEC,
                  SystemCalls.NETLINK_SOCK_DIAG));
    } catch (LastErrorException e) {
      throw new SocketTableException("the kernel has no sock_diag: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new SocketTableException("JNA cannot be loaded: " + e.getMessage(), e);
    }
    try {
      table.each(Set.of(), socket -> {});
      return table;
    } catch (SocketTableException e) {
      table.close();
      throw e;
    }
  }

  /**
   * Returns the socket at {@code local} that is connected with {@code remote}. Where there is none,
   * the listener that takes connections from there, if any: {@link KernelSocket#isListener} tells.
   * It costs some microseconds, however many sockets there are.
   *
   * @return null if there is neither
   * @throws SocketTableException if the kernel does not answer
   */
  public @Nullable KernelSocket find(TransportAddress local, TransportAddress remote)
      throws SocketTableException {
    SocketMessage.askFor(question, local, remote);
    send();
    Found found = new Found();
    receive(found);
    return found.socket;
  }

  /**
   * Hands every socket in one of these states to {@code taker}, IPv4's first. It costs the kernel
   * the more the more sockets there are: some 0.5 ms for a few, 20 ms for 20000.
   *
   * @throws SocketTableException if the kernel does not answer
   */
  public void each(Set<TcpState> states, Consumer<KernelSocket> taker) throws SocketTableException {
    int bits = 0;
    for (TcpState state : states) {
      bits |= SocketMessage.bits(state);
    }
    dump(SocketMessage.IPV4, bits, taker);
    dump(SocketMessage.IPV6, bits, taker);
  }

  private void dump(int family, int bits, Consumer<KernelSocket> taker)
      throws SocketTableException {
    SocketMessage.askForAll(question, family, bits, true);
    send();
    while (!receive(taker)) {
      // The answer to a dump comes in several pieces.
    }
  }

  private void send() throws SocketTableException {
    question.putInt(8, ++sequence);
    try {
      SystemCalls.send(fd, request, SocketMessage.REQUEST_BYTES, 0);
    } catch (LastErrorException e) {
      throw failure(e);
    }
  }

  /** Takes one piece of an answer; returns whether it was the last. */
  private boolean receive(Consumer<KernelSocket> taker) throws SocketTableException {
    int length;
    try {
      length = (int) SystemCalls.recv(fd, answer, ANSWER_BYTES, 0);
    } catch (LastErrorException e) {
      throw failure(e);
    }
    boolean last = false;
    int at = 0;
    while (at + HEADER_BYTES <= length) {
      int message = answers.getInt(at);
      if (message < HEADER_BYTES || at + message > length) {
        throw new SocketTableException("the kernel's answer of " + length + " bytes is damaged");
      }
      last |= take(at, message, taker);
      at += (message + 3) & ~3;
    }
    return last;
  }

  /** Takes one message; returns whether none follows. */
  private boolean take(int at, int length, Consumer<KernelSocket> taker)
      throws SocketTableException {
    if (answers.getInt(at + 8) != sequence) {
      // What is left of an answer that nobody waited for.
      return false;
    }
    int type = answers.getShort(at + 4);
    if (type == NLMSG_DONE) {
      return true;
    }
    if (type == NLMSG_ERROR) {
      int error = length < HEADER_BYTES + 4 ? 0 : -answers.getInt(at + HEADER_BYTES);
      if (error != 0 && error != ENOENT) {
        throw new SocketTableException("the kernel refuses sock_diag, error " + error);
      }
      return true;
    }
    KernelSocket socket = SocketMessage.read(answers, at, length);
    if (socket != null) {
      taker.accept(socket);
    }
    return false;
  }

  private static SocketTableException failure(LastErrorException fault) {
    return new SocketTableException("the kernel does not answer: " + fault.getMessage(), fault);
  }

  /** Ends it; no other method may be called after it. */
  @Override
  public void close() {
    SystemCalls.close(fd);
    request.close();
    answer.close();
  }

  /** Takes the only answer to a question for one socket. */
  private static final class Found implements Consumer<KernelSocket> {
    private @Nullable KernelSocket socket;

    @Override
    public void accept(KernelSocket answer) {
      socket = answer;
    }
  }
}
