package dev.conntrace.sockets;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.SocketOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds owners to sightings. All processes are searched only when a socket turns up that nobody is
 * known to hold, and so rarely that it takes a small share of the time; a sighting waits for that
 * some milliseconds at most.
 */
final class OwnerSearch {
  private static final Path PROC = Path.of("/proc");
  private static final int MOST_REMEMBERED = 4096;

  /** Who holds one socket is likely to hold the next: its processes are searched first. */
  private static final int MOST_HOLDERS = 16;

  /** Without its owner a sighting is better than late. */
  private static final long PATIENCE_NANOS = 30_000_000;

  private final SocketOwners owners = new SocketOwners();
  private final int share;
  private final List<Sighting> waiting = new ArrayList<>();
  private final Map<Long, Boolean> sought = bounded(MOST_REMEMBERED);
  private final Map<Long, SocketOwner> processes = bounded(MOST_REMEMBERED);
  private final Map<Long, Boolean> holders = bounded(MOST_HOLDERS);
  private final @Nullable Path namespace = namespaceOf("self");
  private long nextScan;

  /**
   * Prepares to search.
   *
   * @param share one part in so many of the time may be spent
   */
  OwnerSearch(int share) {
    this.share = share;
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /** Hands a sighting on with its owner, now if it is known or cannot be found, else later. */
  void complete(Sighting sighting, Consumer<Sighting> taker) {
    KernelSocket socket = sighting.socket();
    if (sighting.owner() != null || socket == null || !socket.isHeld()) {
      taker.accept(sighting);
      return;
    }
    SocketOwner owner = owners.of(socket.inode());
    if (owner != null) {
      holders.put(owner.pid(), true);
      taker.accept(sighting.heldBy(owner));
    } else if (sought.containsKey(socket.inode())) {
      taker.accept(sighting);
    } else {
      waiting.add(sighting);
    }
  }

  /** Returns whether the open files of other users' processes can be seen. */
  static boolean seesAllProcesses() {
    return Files.isReadable(PROC.resolve("1/fd"));
  }

  /** Searches once for nothing: the first search is the slowest. */
  void practise() {
    owners.scan();
  }

  /** Hands on what still waits: there is no time left to search. */
  void finish(Consumer<Sighting> taker) {
    waiting.forEach(taker);
    waiting.clear();
  }

  /**
   * Searches if somebody waits for it: the likely processes at once, all others when it is time.
   * Hands on what was found, and what has waited long enough.
   */
  void search(long now, Consumer<Sighting> taker) {
    if (waiting.isEmpty()) {
      return;
    }
    owners.scan(holders.keySet());
    retry(taker);
    if (waiting.isEmpty()) {
      return;
    }
    if (now - nextScan >= 0) {
      owners.scan();
      nextScan = now + (System.nanoTime() - now) * share;
      for (Sighting sighting : waiting) {
        KernelSocket socket = sighting.socket();
        if (socket != null) {
          sought.put(socket.inode(), true);
        }
      }
      retry(taker);
    } else if (TraceClock.now() - waiting.get(0).timestampNanos() > PATIENCE_NANOS) {
      finish(taker);
    }
  }

  private void retry(Consumer<Sighting> taker) {
    List<Sighting> again = List.copyOf(waiting);
    waiting.clear();
    for (Sighting sighting : again) {
      complete(sighting, taker);
    }
  }

  /**
   * Returns the process that made a call.
   *
   * @param thread the name of the thread that made it, for a process that has ended
   * @return null if it is in another network namespace, where addresses mean something else
   */
  @Nullable SocketOwner caller(long process, String thread) {
    SocketOwner known = processes.get(process);
    if (known != null) {
      return known;
    }
    Path theirs = namespaceOf(Long.toString(process));
    if (theirs != null && !theirs.equals(namespace)) {
      return null;
    }
    String name = ProcessName.read(PROC, process);
    SocketOwner owner = new SocketOwner(process, name == null ? thread : name);
    processes.put(process, owner);
    holders.put(process, true);
    return owner;
  }

  private static @Nullable Path namespaceOf(String process) {
    try {
      return Files.readSymbolicLink(PROC.resolve(process).resolve("ns/net"));
    } catch (IOException e) {
      return null;
    }
  }
}
