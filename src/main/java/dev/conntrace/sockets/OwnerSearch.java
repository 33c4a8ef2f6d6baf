package dev.conntrace.sockets;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.SocketOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * not longer than one search.
 */
final class OwnerSearch {
  private static final Path PROC = Path.of("/proc");
  private static final int MOST_REMEMBERED = 4096;

  private final SocketOwners owners = new SocketOwners();
  private final int share;
  private final List<Sighting> waiting = new ArrayList<>();
  private final Map<Long, Boolean> sought = bounded();
  private final Map<Long, SocketOwner> processes = bounded();
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

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST_REMEMBERED;
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
      taker.accept(sighting.heldBy(owner));
    } else if (sought.containsKey(socket.inode())) {
      taker.accept(sighting);
    } else {
      waiting.add(sighting);
    }
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

  /** Searches if somebody waits for it and it is time; hands on what waited. */
  void search(long now, Consumer<Sighting> taker) {
    if (waiting.isEmpty() || now - nextScan < 0) {
      return;
    }
    owners.scan();
    nextScan = now + (System.nanoTime() - now) * share;
    List<Sighting> found = List.copyOf(waiting);
    waiting.clear();
    for (Sighting sighting : found) {
      KernelSocket socket = sighting.socket();
      if (socket != null) {
        sought.put(socket.inode(), true);
      }
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
    SocketOwner owner = new SocketOwner(process, command(process, thread));
    processes.put(process, owner);
    return owner;
  }

  private static @Nullable Path namespaceOf(String process) {
    try {
      return Files.readSymbolicLink(PROC.resolve(process).resolve("ns/net"));
    } catch (IOException e) {
      return null;
    }
  }

  private static String command(long process, String thread) {
    try {
      Path name = PROC.resolve(Long.toString(process)).resolve("comm");
      return Files.readString(name, StandardCharsets.ISO_8859_1).stripTrailing();
    } catch (IOException e) {
      return thread;
    }
  }
}
