package dev.conntrace.sockets;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.KernelSource;
import dev.conntrace.trace.SocketOwner;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.io.Closeable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches the host's TCP sockets on a thread of its own, beside a capture; what changes is kept
 * until somebody fetches it.
 *
 * <p>All sockets are listed to find new ones; those found are then looked at one by one. Each kind
 * of work may take a small share of one processor, so it is done more rarely the more sockets there
 * are. Where the kernel's trace point may be used it tells of every change at once, and what it
 * does not tell (queues, windows, owners, the rest of TIME_WAIT) is looked up then.
 */
public final class SocketWatch implements Closeable {
  /** Listing all sockets and searching for owners may each take one part in so many of the time. */
  private static final int SHARE = 40;

  private static final int LOOKING_SHARE = 5;
  private static final long LEAST_BETWEEN_LISTS = 10_000_000;
  private static final long LONGEST_PAUSE = 250_000_000;
  private static final long EXACT_NANOS = 500_000;
  private static final int MOST_TRIES = 3;
  private static final int PRACTICE = 20;
  private static final TransportAddress NOWHERE = new TransportAddress(0, 0, false, 0);
  private static final long BETWEEN_MARKS = 1_000_000_000;
  private static final int MOST_WATCHED = 4096;
  private static final int MOST_WAITING = 1 << 16;
  private static final long PATIENCE_MILLIS = 2000;

  /** What waits in TIME_WAIT from before is no news, and can be very much. */
  private static final Set<TcpState> LISTED =
      EnumSet.complementOf(EnumSet.of(TcpState.TIME_WAIT, TcpState.UNKNOWN, TcpState.CLOSED));

  private record Ends(TransportAddress local, TransportAddress remote) {
    Ends swapped() {
      return new Ends(remote, local);
    }
  }

  private final SocketTable table;
  private final @Nullable TracePoint tracePoint;
  private final String status;
  private final List<Integer> ports;
  private final OwnerSearch owners = new OwnerSearch(SHARE);
  private final Map<Ends, WatchedSocket> watched = new HashMap<>();
  private final Queue<Sighting> sightings = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread watcher = new Thread(this::watch, "sockets");
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile @Nullable String shortcoming;
  private long nextList = System.nanoTime();
  private long nextMark = System.nanoTime();

  private SocketWatch(
      SocketTable table, @Nullable TracePoint tracePoint, String status, List<Integer> ports) {
    this.table = table;
    this.tracePoint = tracePoint;
    this.status = status;
    this.ports = ports;
    watcher.setDaemon(true);
  }

  /**
   * Begins to watch.
   *
   * @param ports only sockets with one of these; empty for all
   * @throws SocketTableException if this is not Linux, or its kernel does not tell
   */
  public static SocketWatch open(List<Integer> ports) throws SocketTableException {
    SocketTable table = SocketTable.open();
    TracePoint point = null;
    String status = "sock_diag and the trace point inet_sock_set_state";
    try {
      point = TracePoint.open(ports);
    } catch (SocketTableException e) {
      status = "sock_diag only, so brief states are missed: " + e.getMessage();
    }
    if (!OwnerSearch.seesAllProcesses()) {
      status += "; of processes only your own are known";
    }
    SocketWatch watch = new SocketWatch(table, point, status, List.copyOf(ports));
    watch.watcher.start();
    try {
      watch.ready.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return watch;
  }

  /** Returns in words through what the kernel is asked, and what is missing and why. */
  public String status() {
    return status;
  }

  /** Returns in words what was missed; null if nothing was. */
  public @Nullable String shortcoming() {
    return tracePoint != null && tracePoint.isLossy()
        ? "the trace point was read too slowly, so changes are missing"
        : shortcoming;
  }

  /** Returns what was seen next; null if there is nothing new. May be called by any thread. */
  @Nullable Sighting next() {
    return sightings.poll();
  }

  private void watch() {
    try {
      practise();
      ready.countDown();
      boolean last;
      do {
        last = stopped;
        list(System.nanoTime());
        owners.search(System.nanoTime(), this::tell);
        takeTransitions(System.nanoTime(), last);
        long begin = System.nanoTime();
        look(last);
        long pause = (System.nanoTime() - begin) * LOOKING_SHARE;
        LockSupport.parkNanos(
            last ? 0 : Math.min(LONGEST_PAUSE, Math.max(WatchedSocket.SHORTEST_NANOS, pause)));
      } while (!last);
      owners.finish(this::tell);
    } catch (SocketTableException e) {
      shortcoming = e.getMessage();
    } finally {
      ready.countDown();
      table.close();
    }
  }

  /** Java is slow at what it does for the first time, and the first connection may be short. */
  private void practise() throws SocketTableException {
    for (int i = 0; i < PRACTICE; i++) {
      table.each(LISTED, socket -> {});
      table.find(NOWHERE, NOWHERE);
    }
    owners.practise();
    nextList = System.nanoTime();
  }

  private void takeTransitions(long now, boolean last) throws SocketTableException {
    TracePoint point = tracePoint;
    if (point == null) {
      return;
    }
    if (now - nextMark >= 0 && !last) {
      nextMark = now + BETWEEN_MARKS;
      point.mark();
    }
    TracedTransition transition = point.next();
    while (transition != null) {
      take(transition, now);
      transition = point.next();
    }
  }

  private void take(TracedTransition change, long now) throws SocketTableException {
    SocketOwner caller = null;
    if (change.called() && change.process() > 0) {
      caller = owners.caller(change.process(), change.thread());
      if (caller == null) {
        return;
      }
    }
    Ends ends = new Ends(change.local(), change.remote());
    if (ends.local.port() != 0) {
      attend(ends, now);
      if (ends.remote.port() != 0) {
        attend(ends.swapped(), now);
      }
    }
    if (change.before() == change.after() || leavesRemainder(change)) {
      return;
    }
    KernelSocket listener = change.after() == TcpState.LISTEN ? find(ends) : null;
    if (listener != null && listener.receiveQueue() > 0) {
      // That is later's; the next look tells it with its time.
      listener = null;
    }
    tell(
        new Sighting(
            change.nanos(),
            ends.local,
            ends.remote,
            change.after(),
            KernelSource.TRACE_POINT,
            listener,
            caller,
            caller != null));
  }

  /**
   * Returns whether a socket ends only to make room for what waits in its place: the trace point
   * calls that closed, and the next look tells more.
   */
  private static boolean leavesRemainder(TracedTransition change) {
    return change.after() == TcpState.CLOSED
        && (change.before() == TcpState.FIN_WAIT_2 || change.before() == TcpState.CLOSING);
  }

  private void list(long now) throws SocketTableException {
    if (now - nextList < 0) {
      return;
    }
    table.each(
        LISTED,
        socket -> {
          Ends ends = new Ends(socket.local(), socket.remote());
          if (isWanted(socket) && !watched.containsKey(ends)) {
            attend(ends, now);
            attend(ends.swapped(), now);
          }
        });
    long cost = System.nanoTime() - now;
    nextList = now + Math.max(LEAST_BETWEEN_LISTS, cost * SHARE);
  }

  private boolean isWanted(KernelSocket socket) {
    return ports.isEmpty()
        || ports.contains(socket.local().port())
        || ports.contains(socket.remote().port());
  }

  private void found(Ends ends, KernelSocket socket, long timestampNanos) {
    WatchedSocket known = watched.get(ends);
    if (known != null && known.note(socket, System.nanoTime())) {
      owners.complete(
          new Sighting(
              timestampNanos,
              ends.local,
              ends.remote,
              socket.state(),
              KernelSource.SOCK_DIAG,
              socket,
              null,
              false),
          this::tell);
    }
  }

  /** Looks at a socket from now on; returns null if there are too many already. */
  private @Nullable WatchedSocket attend(Ends ends, long now) {
    WatchedSocket known = watched.get(ends);
    if (known == null) {
      if (watched.size() >= MOST_WATCHED) {
        shortcoming = "more than " + MOST_WATCHED + " sockets: not all were watched";
        return null;
      }
      known = new WatchedSocket();
      watched.put(ends, known);
    }
    known.hurry(now);
    return known;
  }

  private void look(boolean all) throws SocketTableException {
    for (Ends ends : List.copyOf(watched.keySet())) {
      WatchedSocket socket = watched.get(ends);
      if (socket != null && (all || socket.isDue(System.nanoTime()))) {
        long timestampNanos = TraceClock.now();
        KernelSocket found = find(ends);
        for (int i = 0; i < MOST_TRIES && TraceClock.now() - timestampNanos > EXACT_NANOS; i++) {
          // Something else had the processor meanwhile: nobody knows when that was true.
          timestampNanos = TraceClock.now();
          found = find(ends);
        }
        if (found != null) {
          found(ends, found, timestampNanos);
        } else {
          gone(ends, timestampNanos);
        }
      }
    }
  }

  /** Returns the very socket that is asked for, not the listener that would take its place. */
  private @Nullable KernelSocket find(Ends ends) throws SocketTableException {
    KernelSocket found = table.find(ends.local, ends.remote);
    return found != null
            && found.local().equals(ends.local)
            && found.isListener() == (ends.remote.port() == 0)
        ? found
        : null;
  }

  private void gone(Ends ends, long timestampNanos) {
    WatchedSocket lost = watched.remove(ends);
    if (lost != null && lost.wasFound()) {
      tell(
          new Sighting(
              timestampNanos,
              ends.local,
              ends.remote,
              TcpState.CLOSED,
              KernelSource.SOCK_DIAG,
              null,
              null,
              false));
    }
  }

  private void tell(Sighting sighting) {
    if (!sightings.offer(sighting)) {
      shortcoming = "more changes than could be kept: some are missing";
    }
  }

  /** Ends it; what was seen until now can still be fetched. */
  @Override
  public void close() {
    if (stopped) {
      return;
    }
    if (tracePoint != null) {
      tracePoint.close();
    }
    stopped = true;
    LockSupport.unpark(watcher);
    try {
      watcher.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
