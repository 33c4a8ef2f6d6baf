package dev.conntrace.sockets;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.SocketTimer;
import dev.conntrace.trace.TcpInfo;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The questions and answers of sock_diag(7) (linux/inet_diag.h): struct inet_diag_req_v2 out,
 * struct inet_diag_msg and its attributes back. Numbers are in the machine's order, addresses and
 * ports in the network's.
 */
final class SocketMessage {
  static final int REQUEST_BYTES = 72;
  static final int IPV4 = 2;
  static final int IPV6 = 10;

  private static final int HEADER_BYTES = 16;
  private static final int SOCK_DIAG_BY_FAMILY = 20;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_DUMP = 0x300;
  private static final int IPPROTO_TCP = 6;

  /** Attributes: asked for as bit {@code number - 1}. */
  private static final int INET_DIAG_INFO = 2;

  private static final int INET_DIAG_SKV6ONLY = 11;

  private static final int BODY_BYTES = 72;
  private static final int EXPIRES = 52;
  private static final int NO_COOKIE = -1;

  /** What an IPv4 address looks like on an IPv6 socket (RFC 4291 2.5.5.2). */
  private static final long MAPPED = 0xFFFFL;

  /** Linux's states (net/tcp_states.h) by number. */
  private static final TcpState[] STATES = {
    TcpState.UNKNOWN,
    TcpState.ESTABLISHED,
    TcpState.SYN_SENT,
    TcpState.SYN_RECEIVED,
    TcpState.FIN_WAIT_1,
    TcpState.FIN_WAIT_2,
    TcpState.TIME_WAIT,
    TcpState.CLOSED,
    TcpState.CLOSE_WAIT,
    TcpState.LAST_ACK,
    TcpState.LISTEN,
    TcpState.CLOSING,
    TcpState.SYN_RECEIVED
  };

  private SocketMessage() {}

  /** Returns the state of Linux's number for it. */
  static TcpState state(int number) {
    return number >= 0 && number < STATES.length ? STATES[number] : TcpState.UNKNOWN;
  }

  /** Returns the bits of Linux's numbers for a state. */
  static int bits(TcpState state) {
    int bits = 0;
    for (int number = 1; number < STATES.length; number++) {
      if (STATES[number] == state) {
        bits |= 1 << number;
      }
    }
    return bits;
  }

  /** Asks for all sockets of a family in these states. */
  static void askForAll(ByteBuffer request, int family, int stateBits, boolean info) {
    begin(request, NLM_F_REQUEST | NLM_F_DUMP, family, stateBits, info);
  }

  /** Asks for the socket between two addresses, or the listener that would take the connection. */
  static void askFor(ByteBuffer request, TransportAddress local, TransportAddress remote) {
    int family = local.ipv6() ? IPV6 : IPV4;
    begin(request, NLM_F_REQUEST, family, -1, true);
    request.order(ByteOrder.BIG_ENDIAN);
    request.putShort(24, (short) local.port());
    request.putShort(26, (short) remote.port());
    putAddress(request, 28, local);
    putAddress(request, 44, remote);
    request.order(ByteOrder.nativeOrder());
  }

  private static void begin(
      ByteBuffer request, int flags, int family, int stateBits, boolean info) {
    request.order(ByteOrder.nativeOrder());
    for (int i = 0; i < REQUEST_BYTES; i++) {
      request.put(i, (byte) 0);
    }
    request.putInt(0, REQUEST_BYTES);
    request.putShort(4, (short) SOCK_DIAG_BY_FAMILY);
    request.putShort(6, (short) flags);
    request.put(HEADER_BYTES, (byte) family);
    request.put(HEADER_BYTES + 1, (byte) IPPROTO_TCP);
    request.put(HEADER_BYTES + 2, (byte) (info ? 1 << (INET_DIAG_INFO - 1) : 0));
    request.putInt(HEADER_BYTES + 4, stateBits);
    request.putInt(64, NO_COOKIE);
    request.putInt(68, NO_COOKIE);
  }

  private static void putAddress(ByteBuffer request, int at, TransportAddress address) {
    if (address.ipv6()) {
      request.putLong(at, address.high());
      request.putLong(at + 8, address.low());
    } else {
      request.putInt(at, (int) address.low());
    }
  }

  /**
   * Reads an answer.
   *
   * @param bytes holds a whole netlink message
   * @param start where the message begins
   * @param length its length
   * @return null if it is too short to be an answer
   */
  static @Nullable KernelSocket read(ByteBuffer bytes, int start, int length) {
    int body = start + HEADER_BYTES;
    if (length < HEADER_BYTES + BODY_BYTES) {
      return null;
    }
    boolean ipv6 = bytes.get(body) == IPV6;
    TcpInfo info = null;
    boolean ipv6Only = false;
    int end = start + length;
    int at = body + BODY_BYTES;
    while (at + 4 <= end) {
      int attribute = Short.toUnsignedInt(bytes.getShort(at));
      int type = bytes.getShort(at + 2);
      if (attribute < 4 || at + attribute > end) {
        break;
      }
      if (type == INET_DIAG_INFO) {
        info = info(bytes, at + 4, attribute - 4);
      } else if (type == INET_DIAG_SKV6ONLY && attribute > 4) {
        ipv6Only = bytes.get(at + 4) != 0;
      }
      at += (attribute + 3) & ~3;
    }
    SocketTimer timer = timer(bytes.get(body + 2));
    return new KernelSocket(
        state(bytes.get(body + 1)),
        address(bytes, body + 8, body + 4, ipv6),
        address(bytes, body + 24, body + 6, ipv6),
        ipv6Only,
        Integer.toUnsignedLong(bytes.getInt(body + EXPIRES + 4)),
        Integer.toUnsignedLong(bytes.getInt(body + EXPIRES + 8)),
        timer,
        timer == SocketTimer.NONE ? 0 : Math.max(0, bytes.getInt(body + EXPIRES)),
        Byte.toUnsignedInt(bytes.get(body + 3)),
        Integer.toUnsignedLong(bytes.getInt(body + EXPIRES + 16)),
        Integer.toUnsignedLong(bytes.getInt(body + EXPIRES + 12)),
        info);
  }

  private static SocketTimer timer(int number) {
    return switch (number) {
      case 1 -> SocketTimer.RETRANSMISSION;
      case 2 -> SocketTimer.KEEP_ALIVE;
      case 3 -> SocketTimer.TIME_WAIT;
      case 4 -> SocketTimer.PERSIST;
      default -> SocketTimer.NONE;
    };
  }

  private static TransportAddress address(ByteBuffer bytes, int at, int portAt, boolean ipv6) {
    ByteBuffer network = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    int port = Short.toUnsignedInt(network.getShort(portAt));
    if (!ipv6) {
      return new TransportAddress(0, Integer.toUnsignedLong(network.getInt(at)), false, port);
    }
    long high = network.getLong(at);
    long low = network.getLong(at + 8);
    return high == 0 && low >>> 32 == MAPPED
        ? new TransportAddress(0, low & 0xFFFF_FFFFL, false, port)
        : new TransportAddress(high, low, true, port);
  }

  /** Reads a struct tcp_info (linux/tcp.h); older kernels' are shorter. */
  private static @Nullable TcpInfo info(ByteBuffer bytes, int at, int length) {
    if (length < 104) {
      return null;
    }
    return new TcpInfo(
        Integer.toUnsignedLong(bytes.getInt(at + 80)),
        Integer.toUnsignedLong(bytes.getInt(at + 76)),
        Integer.toUnsignedLong(bytes.getInt(at + 16)),
        Integer.toUnsignedLong(bytes.getInt(at + 68)),
        Integer.toUnsignedLong(bytes.getInt(at + 72)),
        Integer.toUnsignedLong(bytes.getInt(at + 8)),
        Integer.toUnsignedLong(bytes.getInt(at + 100)),
        Integer.toUnsignedLong(bytes.getInt(at + 24)));
  }
}
