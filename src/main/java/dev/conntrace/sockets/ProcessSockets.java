package dev.conntrace.sockets;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.Ownership;
import dev.conntrace.trace.SocketOwner;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches which connections a process and its children have: a thread of its own looks at their
 * open files, and asks the kernel which connections these are. What lives shorter than the time
 * between two looks (a millisecond or a few) may escape it, unless the kernel's trace point tells
 * of it, which takes root.
 */
public final class ProcessSockets implements Closeable {
  private static final long SHORTEST_PAUSE_NANOS = 500_000;

  /** New processes are looked for at every such look only: they need some time to begin. */
  private static final int LOOKS_PER_GENERATION = 3;

  /** Looking takes at most a fifth of the thread's time, however many files there are. */
  private static final int PAUSE_SHARE = 4;

  /** On a busy machine a look takes long because others are served first. */
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;

  /** How often the kernel is asked for all sockets although nothing new was seen. */
  private static final long DUMP_NANOS = 50_000_000;

  /** What is no connection after so many questions (a UDP socket, say) is not asked for at once. */
  private static final int MOST_QUESTIONS = 20;

  private static final int MOST_REMEMBERED = 1 << 17;
  private static final NativeLong NONE = new NativeLong(0);

  /** How long looking is practised beforehand: Java is slow at what it does for the first time. */
  private static final long PRACTICE_NANOS = 60_000_000;

  private static final Set<TcpState> ALL_STATES =
      EnumSet.complementOf(EnumSet.of(TcpState.UNKNOWN));

  /** The two ends of a connection, as one of its sockets has them. */
  private record Ends(TransportAddress local, TransportAddress remote) {}

  private final @Nullable SocketTable table;

  /** Tells who called for each change of state; null where that is not permitted. */
  private final @Nullable TracePoint tracePoint;

  private final Thread watcher = new Thread(this::watch, "sockets");

  /** The processes that were ever seen, also those that have ended. */
  private final Set<Long> everSeen = new HashSet<>();

  private ProcessTree tree = new ProcessTree(ProcessHandle.current().pid());
  private SocketOwners owners = new SocketOwners(tree);
  private int looks;
  private long dumpsMade;
  private final Map<Ends, SocketOwner> own = new ConcurrentHashMap<>();

  /** Ends of others' sockets, with the number of the socket. */
  private final Map<Ends, Long> foreign = new ConcurrentHashMap<>();

  /** Where the processes wait for connections: whatever comes there is theirs. */
  private final Map<TransportAddress, SocketOwner> listeners = new ConcurrentHashMap<>();

  /** Those that had no owner when they were first seen; their owner may be seen a look later. */
  private Map<Ends, Long> suspects = new HashMap<>();

  /** How often each socket that the processes hold was asked for in vain. */
  private Map<Long, Integer> questions = new HashMap<>();

  private final Map<TransportAddress, Boolean> localHosts = new HashMap<>();
  private long dumpedNanos;
  private volatile boolean closed;
  private volatile boolean waiting;
  private volatile int open;
  private volatile long dumps;

  private ProcessSockets(@Nullable SocketTable table, @Nullable TracePoint tracePoint) {
    this.table = table;
    this.tracePoint = tracePoint;
    watcher.setDaemon(true);
  }

  /**
   * Prepares to watch, so that the first look is as quick as the later ones. Where the system does
   * not tell, every owner stays unknown.
   */
  public static ProcessSockets prepare() {
    SocketTable table;
    try {
      table = SocketTable.open();
    } catch (SocketTableException e) {
      return new ProcessSockets(null, null);
    }
    ProcessSockets sockets = new ProcessSockets(table, tracePoint());
    sockets.practise();
    takeOrphans(true);
    return sockets;
  }

  /** A daemon leaves its parent sooner than anybody looks: it becomes this process's child then. */
  private static void takeOrphans(boolean taken) {
    try {
      SystemCalls.prctl(
          SystemCalls.PR_SET_CHILD_SUBREAPER, new NativeLong(taken ? 1 : 0), NONE, NONE, NONE);
    } catch (LastErrorException e) {
      // A Linux before 3.4: only what is seen before it becomes an orphan belongs to the command.
    }
  }

  private static @Nullable TracePoint tracePoint() {
    try {
      return TracePoint.open(List.of());
    } catch (SocketTableException e) {
      // Then what is too short to be seen stays unknown.
      return null;
    }
  }

  private void practise() {
    long begin = System.nanoTime();
    try {
      do {
        look(0);
      } while (System.nanoTime() - begin < PRACTICE_NANOS);
    } catch (SocketTableException e) {
      // Then it will fail again when it matters.
    }
    own.clear();
    everSeen.clear();
    foreign.clear();
    listeners.clear();
    questions.clear();
  }

  /**
   * Begins to watch.
   *
   * @param pid the process, whose children are watched too
   */
  public void watch(long pid) {
    if (table != null) {
      tree = ProcessTree.guarded(pid, ProcessHandle.current().pid());
      owners = new SocketOwners(tree);
      watcher.start();
    }
  }

  /** Returns whose a connection is, as far as it was seen; may be called by any one thread. */
  public Ownership of(ConnectionKey key) {
    Ends ofClient = new Ends(key.client(), key.server());
    Ends ofServer = new Ends(key.server(), key.client());
    SocketOwner client = own.get(ofClient);
    SocketOwner server = own.get(ofServer);
    if (server == null) {
      server = listener(key.server());
    }
    if (client != null || server != null) {
      return new Ownership(Ownership.Kind.OWN, client, server);
    }
    boolean foreignClient = foreign.containsKey(ofClient) || !isLocal(key.client());
    boolean foreignServer = foreign.containsKey(ofServer) || !isLocal(key.server());
    return foreignClient && foreignServer ? Ownership.FOREIGN : Ownership.UNKNOWN;
  }

  /** Returns who listens at an address, or at its port on all addresses. */
  private @Nullable SocketOwner listener(TransportAddress address) {
    SocketOwner owner = listeners.get(address);
    for (int family = 0; owner == null && family < 2; family++) {
      TransportAddress all = new TransportAddress(0, 0, family == 1, address.port());
      owner = isLocal(address) ? listeners.get(all) : null;
    }
    return owner;
  }

  private boolean isLocal(TransportAddress address) {
    if (localHosts.size() >= MOST_REMEMBERED) {
      localHosts.clear();
    }
    return localHosts.computeIfAbsent(address.withoutPort(), ProcessSockets::isOfThisHost);
  }

  private static boolean isOfThisHost(TransportAddress host) {
    byte[] bytes =
        host.ipv6()
            ? ByteBuffer.allocate(16).putLong(host.high()).putLong(host.low()).array()
            : ByteBuffer.allocate(4).putInt((int) host.low()).array();
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return true;
    }
  }

  /**
   * Waits until no connection of the processes is open any more; TIME_WAIT counts as closed.
   *
   * @param nanos how long to wait at most
   * @return how many are still open then
   */
  public int awaitClosed(long nanos) throws InterruptedException {
    if (table == null) {
      return 0;
    }
    long begin = System.nanoTime();
    long before = dumps;
    waiting = true;
    // The look that is under way may have begun before the wait did.
    while (watcher.isAlive() && (dumps < before + 2 || open > 0)) {
      if (System.nanoTime() - begin >= nanos) {
        return open;
      }
      Thread.sleep(1);
    }
    return 0;
  }

  private void watch() {
    try {
      while (!closed) {
        long begin = System.nanoTime();
        look(begin);
        long cost = System.nanoTime() - begin;
        long pause = Math.max(SHORTEST_PAUSE_NANOS, PAUSE_SHARE * cost);
        LockSupport.parkNanos(Math.min(pause, LONGEST_PAUSE_NANOS));
      }
    } catch (SocketTableException e) {
      // What was seen so far stands; later connections are nobody's.
    }
  }

  private void look(long now) throws SocketTableException {
    boolean generation = ++looks % LOOKS_PER_GENERATION == 0;
    Set<Long> held = generation ? owners.scan() : owners.scanKnown(tree);
    if (generation) {
      if (everSeen.size() < MOST_REMEMBERED) {
        everSeen.addAll(tree.members());
      }
      tree.bury();
    }
    takeTransitions();
    if (table == null || !(waiting || isNew(held) || now - dumpedNanos >= DUMP_NANOS)) {
      return;
    }
    dumpedNanos = now;
    Map<Ends, Long> before = suspects;
    suspects = new HashMap<>();
    Set<Long> answered = new HashSet<>();
    int[] stillOpen = {0};
    table.each(
        ALL_STATES,
        socket -> {
          answered.add(socket.inode());
          stillOpen[0] += take(socket, before) && !socket.isTimeWait() ? 1 : 0;
        });
    remember(held, answered);
    open = stillOpen[0];
    dumps = ++dumpsMade;
  }

  /** Whoever calls for a change of a connection's state, by closing it at the latest, holds it. */
  private void takeTransitions() {
    if (tracePoint == null) {
      return;
    }
    for (TracedTransition change = tracePoint.next(); change != null; change = tracePoint.next()) {
      if (change.called()
          && change.local().port() != 0
          && change.remote().port() != 0
          && own.size() < MOST_REMEMBERED
          && (everSeen.contains(change.process()) || tree.contains(change.process()))) {
        Ends ends = new Ends(change.local(), change.remote());
        own.putIfAbsent(ends, new SocketOwner(change.process(), change.thread()));
      }
    }
  }

  /** Returns whether something was seen of which the kernel may tell more. */
  private boolean isNew(Set<Long> held) {
    if (!suspects.isEmpty()) {
      return true;
    }
    for (Long inode : held) {
      if (questions.getOrDefault(inode, 0) < MOST_QUESTIONS) {
        return true;
      }
    }
    return false;
  }

  private void remember(Set<Long> held, Set<Long> answered) {
    Map<Long, Integer> before = questions;
    questions = new HashMap<>();
    for (Long inode : held) {
      questions.put(
          inode, answered.contains(inode) ? MOST_QUESTIONS : before.getOrDefault(inode, 0) + 1);
    }
  }

  /** Sorts a socket in; returns whether it is the processes' own. */
  private boolean take(KernelSocket socket, Map<Ends, Long> before) {
    Ends ends = new Ends(socket.local(), socket.remote());
    if (!socket.isHeld()) {
      return own.containsKey(ends);
    }
    SocketOwner owner = owners.of(socket.inode());
    if (socket.isListener()) {
      if (owner != null && listeners.size() < MOST_REMEMBERED) {
        listeners.put(socket.local(), owner);
      }
      return false;
    }
    if (owner != null) {
      if (own.size() < MOST_REMEMBERED) {
        own.put(ends, owner);
      }
      return true;
    }
    Long inode = socket.inode();
    if (inode.equals(foreign.get(ends))) {
      return false;
    }
    if (!inode.equals(before.get(ends))) {
      suspects.put(ends, inode);
    } else if (foreign.size() < MOST_REMEMBERED) {
      foreign.put(ends, inode);
    }
    return false;
  }

  /** Ends the watching; what was seen stays known. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watcher);
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (watcher.isAlive()) {
      return;
    }
    takeTransitions();
    takeOrphans(false);
    if (tracePoint != null) {
      tracePoint.close();
    }
    if (table != null) {
      table.close();
    }
  }
}
