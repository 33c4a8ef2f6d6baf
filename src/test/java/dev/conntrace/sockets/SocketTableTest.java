package dev.conntrace.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.SocketTimer;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sockets of this process, as the kernel lists them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux can be asked for its sockets")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SocketTableTest {
  private SocketTable table;

  @BeforeEach
  void open() throws Exception {
    table = SocketTable.open();
  }

  @AfterEach
  void close() {
    table.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void findsBothSocketsOfAConnection(String host) throws Exception {
    InetAddress address = InetAddress.getByName(host);
    try (ServerSocket listener = new ServerSocket(0, 7, address);
        Socket client = new Socket(address, listener.getLocalPort());
        Socket served = listener.accept()) {
      KernelSocket ours = find(client);
      assertEquals(TcpState.ESTABLISHED, ours.state());
      assertEquals(addressOf(client.getLocalSocketAddress()), ours.local());
      assertEquals(addressOf(client.getRemoteSocketAddress()), ours.remote());
      assertTrue(ours.isHeld());
      assertTrue(ours.info().congestionWindow() > 0, ours.toString());
      assertTrue(ours.info().smoothedRttMicros() > 0, ours.toString());
      KernelSocket theirs = find(served);
      assertEquals(TcpState.ESTABLISHED, theirs.state());
      assertEquals(ours.remote(), theirs.local());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1"})
  void findsTheListenerWhereThereIsNoConnection(String host) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getByName(host))) {
      TransportAddress there = loopback(listener.getLocalPort());
      KernelSocket found = table.find(there, loopback(1));
      assertNotNull(found);
      assertTrue(found.isListener());
      assertEquals(listener.getLocalPort(), found.local().port());
      assertEquals(0, found.receiveQueue());
      assertEquals(7, found.sendQueue(), "the backlog");
    }
  }

  @Test
  void knowsOfNothingWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket listener = new ServerSocket(0)) {
      port = listener.getLocalPort();
    }
    assertNull(table.find(loopback(port), loopback(1)));
  }

  @Test
  void countsConnectionsThatWaitToBeAccepted() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      TransportAddress here = addressOf(client.getRemoteSocketAddress());
      assertEquals(1, table.find(here, loopback(1)).receiveQueue());
      KernelSocket waiting = table.find(here, addressOf(client.getLocalSocketAddress()));
      assertEquals(TcpState.ESTABLISHED, waiting.state());
      assertFalse(waiting.isHeld(), "nobody has accepted it");
      try (Socket served = listener.accept()) {
        assertTrue(find(served).isHeld());
        assertEquals(0, table.find(here, loopback(1)).receiveQueue());
      }
    }
  }

  @Test
  void countsBytesThatNobodyHasRead() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket served = listener.accept()) {
      client.getOutputStream().write(new byte[10]);
      assertEquals(10, find(served).receiveQueue());
    }
  }

  @Test
  void countsBytesThatFindNoRoom() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
          SocketChannel served = listener.accept()) {
        assertTrue(served.isConnected());
        client.configureBlocking(false);
        ByteBuffer many = ByteBuffer.allocate(1 << 20);
        while (client.write(many.clear()) > 0) {
          // Until both buffers are full.
        }
        KernelSocket full = find(client.socket());
        assertTrue(full.sendQueue() > 0, full.toString());
        assertTrue(full.timer() != SocketTimer.NONE, full.toString());
      }
    }
  }

  @Test
  void tellsHowLongTimeWaitLasts() throws Exception {
    TransportAddress here;
    TransportAddress there;
    try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
      Socket served = listener.accept();
      here = addressOf(client.getLocalSocketAddress());
      there = addressOf(client.getRemoteSocketAddress());
      client.close();
      KernelSocket halfClosed = await(here, there, TcpState.FIN_WAIT_2);
      assertTrue(halfClosed.isTimeWait(), "nobody holds it, so its time is bounded");
      served.close();
    }
    KernelSocket waiting = await(here, there, TcpState.TIME_WAIT);
    assertTrue(waiting.isTimeWait());
    assertFalse(waiting.isHeld());
    assertTrue(
        waiting.timerMillis() > 50_000 && waiting.timerMillis() <= 60_000, waiting.toString());
    while (table.find(there, here) != null) {
      // The other end goes with the last ACK.
      Thread.sleep(1);
    }
  }

  @Test
  void listsOnlyTheStatesAskedFor() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      int port = listener.getLocalPort();
      List<KernelSocket> listening = new ArrayList<>();
      table.each(Set.of(TcpState.LISTEN), listening::add);
      assertTrue(listening.stream().allMatch(KernelSocket::isListener));
      assertEquals(1, listening.stream().filter(socket -> socket.local().port() == port).count());
      List<KernelSocket> open = new ArrayList<>();
      table.each(Set.of(TcpState.ESTABLISHED), open::add);
      assertTrue(open.contains(find(client)));
      assertEquals(
          2,
          open.stream()
              .filter(socket -> socket.local().port() == port || socket.remote().port() == port)
              .count());
    }
  }

  /** Waits until segments and timers have brought a socket there; the class's limit ends it. */
  private KernelSocket await(TransportAddress here, TransportAddress there, TcpState state)
      throws Exception {
    KernelSocket found = table.find(here, there);
    while (found.state() != state) {
      Thread.sleep(1);
      found = table.find(here, there);
    }
    return found;
  }

  private KernelSocket find(Socket socket) throws Exception {
    KernelSocket found =
        table.find(
            addressOf(socket.getLocalSocketAddress()), addressOf(socket.getRemoteSocketAddress()));
    assertNotNull(found, socket.toString());
    return found;
  }

  private static TransportAddress loopback(int port) {
    return new TransportAddress(0, 0x7F000001, false, port);
  }

  private static TransportAddress addressOf(java.net.SocketAddress address) {
    InetSocketAddress internet = (InetSocketAddress) address;
    ByteBuffer bytes = ByteBuffer.wrap(internet.getAddress().getAddress());
    return bytes.capacity() == 4
        ? new TransportAddress(0, Integer.toUnsignedLong(bytes.getInt()), false, internet.getPort())
        : new TransportAddress(bytes.getLong(), bytes.getLong(), true, internet.getPort());
  }
}
