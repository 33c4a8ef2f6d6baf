package dev.conntrace.sockets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.jna.LastErrorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A process and its descendants (proc(5)). Who once belonged to it still does after its parent has
 * gone, as far as it was {@linkplain #update seen} before, or its orphans come to this process.
 */
public final class ProcessTree {
  private static final int MOST_GENERATIONS = 1000;
  private static final long NOBODY = 0;
  private static final long UNKNOWN = -1;
  private static final String THREAD_GROUP = "Tgid:";

  private final Path proc;
  private final long root;

  /** Orphans of the tree become its children. */
  private final long guardian;

  private final Set<Long> members = new HashSet<>();

  /** Who does not belong to it will not later either: it need not be looked at again. */
  private final Set<Long> strangers = new HashSet<>();

  /** Begins with the process {@code root} alone. */
  public ProcessTree(long root) {
    this(root, NOBODY, Path.of("/proc"));
  }

  /**
   * Begins with the process {@code root} alone. Whose parents have gone becomes a child of {@code
   * guardian}, who has no other children (prctl(2), PR_SET_CHILD_SUBREAPER).
   */
  static ProcessTree guarded(long root, long guardian) {
    return new ProcessTree(root, guardian, Path.of("/proc"));
  }

  ProcessTree(long root, long guardian, Path proc) {
    this.root = root;
    this.guardian = guardian;
    this.proc = proc;
    members.add(root);
  }

  /** Looks for new descendants, and forgets those that have ended. */
  public void update() {
    Set<Long> living = processes(proc);
    members.removeIf(pid -> pid != root && !living.contains(pid));
    strangers.retainAll(living);
    for (long pid : living) {
      if (!strangers.contains(pid) && ancestorOf(pid) == NOBODY) {
        strangers.add(pid);
      }
    }
  }

  /** Returns whether a process is the root or descends from it; what belongs is remembered. */
  public boolean contains(long pid) {
    return ancestorOf(pid) > NOBODY;
  }

  /**
   * Returns the nearest member that a process is or descends from, and makes it one; {@link
   * #NOBODY} if there is none. {@link #UNKNOWN} if one between ended at this moment: its children
   * have another parent from now on.
   */
  private long ancestorOf(long pid) {
    long ancestor = pid;
    for (int i = 0; i < MOST_GENERATIONS && ancestor > NOBODY; i++) {
      boolean known = members.contains(ancestor);
      long parent = known ? NOBODY : parentOf(ancestor);
      if (known || (parent > NOBODY && parent == guardian)) {
        members.add(pid);
        return ancestor;
      }
      ancestor = parent;
    }
    return Math.min(ancestor, NOBODY);
  }

  /** Buries those orphans that have ended: nobody else does, and they would seem to live on. */
  void bury() {
    for (long pid : members) {
      if (pid != root && guardian != NOBODY && parentOf(pid) == guardian) {
        try {
          SystemCalls.waitpid((int) pid, null, SystemCalls.WNOHANG);
        } catch (LastErrorException e) {
          // Somebody else has.
        }
      }
    }
  }

  /** Returns the processes known to belong to it, the root included. */
  public Set<Long> members() {
    return Set.copyOf(members);
  }

  /** Returns the process that started this one; 0 where none did, -1 where it has ended. */
  long parentOf(long pid) {
    try {
      String status = Files.readString(directory(pid).resolve("stat"), ISO_8859_1);
      // The name stands in parentheses and may hold anything, parentheses included.
      String[] fields = status.substring(status.lastIndexOf(')') + 1).trim().split(" ", 3);
      return fields.length < 2 ? UNKNOWN : Long.parseLong(fields[1]);
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
  }

  /** Returns the process that a thread is of; 0 where the thread has ended. */
  static long processOf(long thread) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + thread + "/status"), ISO_8859_1)) {
        if (line.startsWith(THREAD_GROUP)) {
          return Long.parseLong(line.substring(THREAD_GROUP.length()).trim());
        }
      }
      return NOBODY;
    } catch (IOException | NumberFormatException e) {
      return NOBODY;
    }
  }

  /** Returns the numbers of all processes, in no order. */
  static Set<Long> processes(Path proc) {
    Set<Long> pids = new HashSet<>();
    String[] names = new File(proc.toString()).list();
    for (String name : names == null ? new String[0] : names) {
      if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
        pids.add(Long.parseLong(name));
      }
    }
    return pids;
  }

  private Path directory(long pid) {
    return proc.resolve(Long.toString(pid));
  }
}
