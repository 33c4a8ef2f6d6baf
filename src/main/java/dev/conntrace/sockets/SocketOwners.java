package dev.conntrace.sockets;

import dev.conntrace.trace.SocketOwner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which process holds a socket (proc(5), {@code /proc/PID/fd}). Without privilege only the user's
 * own processes can be looked into. Once found, an owner is remembered, also after it has ended or
 * closed the socket: the kernel forgets it at once.
 *
 * <p>To be used by one thread.
 */
public final class SocketOwners {
  private static final int MOST_REMEMBERED = 1 << 16;
  private static final String PREFIX = "socket:[";

  private final Path proc;
  private final @Nullable ProcessTree scope;
  private final Map<Long, SocketOwner> owners = new HashMap<>();

  /** Looks into all processes. */
  public SocketOwners() {
    this(Path.of("/proc"), null);
  }

  /** Looks only into the processes of a tree, which is quicker; others own nothing for it. */
  public SocketOwners(ProcessTree scope) {
    this(Path.of("/proc"), scope);
  }

  private SocketOwners(Path proc, @Nullable ProcessTree scope) {
    this.proc = proc;
    this.scope = scope;
  }

  /**
   * Returns who holds a socket, as far as {@link #scan} has found it.
   *
   * @param inode the socket's number, never 0
   * @return of several the one with the lowest number; null if none was found
   */
  public @Nullable SocketOwner of(long inode) {
    return owners.get(inode);
  }

  /**
   * Looks at every open file of every process (of the tree). It takes some milliseconds to 100 ms
   * for all processes of a host, 50 microseconds for one with few files.
   *
   * @return the numbers of the sockets that are held now
   */
  public Set<Long> scan() {
    if (scope == null) {
      return scan(ProcessTree.processes(proc));
    }
    scope.update();
    return scanKnown(scope);
  }

  /** Does the same without looking for new processes, which takes most of the time. */
  Set<Long> scanKnown(ProcessTree tree) {
    return scan(tree.members());
  }

  private Set<Long> scan(Set<Long> pids) {
    if (owners.size() > MOST_REMEMBERED) {
      owners.clear();
    }
    Set<Long> seen = new HashSet<>();
    for (long pid : new TreeSet<>(pids)) {
      scan(pid, seen);
    }
    return seen;
  }

  /** Looks only at the open files of these processes, some 50 microseconds for each. */
  public void scan(Iterable<Long> pids) {
    Set<Long> seen = new HashSet<>();
    for (long pid : pids) {
      scan(pid, seen);
    }
  }

  private void scan(long pid, Set<Long> seen) {
    Path files = proc.resolve(Long.toString(pid)).resolve("fd");
    String[] numbers = new File(files.toString()).list();
    SocketOwner owner = null;
    for (String number : numbers == null ? new String[0] : numbers) {
      long inode = inode(files.resolve(number));
      if (inode > 0 && seen.add(inode)) {
        owner = owner == null ? ownerOf(pid) : owner;
        owners.put(inode, owner);
      }
    }
  }

  private SocketOwner ownerOf(long pid) {
    String name = ProcessName.read(proc, pid);
    return new SocketOwner(pid, name == null ? "" : name);
  }

  private static long inode(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      return target.startsWith(PREFIX)
          ? Long.parseLong(target, PREFIX.length(), target.length() - 1, 10)
          : 0;
    } catch (IOException | NumberFormatException e) {
      // Closed meanwhile, or not ours to look at.
      return 0;
    }
  }
}
