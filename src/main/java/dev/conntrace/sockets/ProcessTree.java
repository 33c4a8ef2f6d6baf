package dev.conntrace.sockets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A process and its descendants (proc(5)). Who once belonged to it still does after its parent has
 * gone, as far as it was {@linkplain #update seen} before.
 */
public final class ProcessTree {
  private static final int MOST_GENERATIONS = 1000;
  private static final long NOBODY = 0;
  private static final String THREAD_GROUP = "Tgid:";

  private final Path proc;
  private final long root;
  private final Set<Long> members = new HashSet<>();

  /** Who does not belong to it will not later either: it need not be looked at again. */
  private final Set<Long> strangers = new HashSet<>();

  /** Begins with the process {@code root} alone. */
  public ProcessTree(long root) {
    this(root, Path.of("/proc"));
  }

  ProcessTree(long root, Path proc) {
    this.root = root;
    this.proc = proc;
    members.add(root);
  }

  /** Looks for new descendants, and forgets those that have ended. */
  public void update() {
    Set<Long> living = processes(proc);
    members.removeIf(pid -> pid != root && !living.contains(pid));
    strangers.retainAll(living);
    for (long pid : living) {
      if (!strangers.contains(pid) && !contains(pid)) {
        strangers.add(pid);
      }
    }
  }

  /** Returns whether a process is the root or descends from it; what belongs is remembered. */
  public boolean contains(long pid) {
    long ancestor = pid;
    for (int i = 0; i < MOST_GENERATIONS && ancestor > NOBODY; i++) {
      if (members.contains(ancestor)) {
        members.add(pid);
        return true;
      }
      ancestor = parentOf(ancestor);
    }
    return false;
  }

  /** Returns the processes known to belong to it, the root included. */
  public Set<Long> members() {
    return Set.copyOf(members);
  }

  /** Returns the process that started this one; 0 where none did or it has ended. */
  long parentOf(long pid) {
    try {
      String status = Files.readString(directory(pid).resolve("stat"), ISO_8859_1);
      // The name stands in parentheses and may hold anything, parentheses included.
      String[] fields = status.substring(status.lastIndexOf(')') + 1).trim().split(" ", 3);
      return fields.length < 2 ? NOBODY : Long.parseLong(fields[1]);
    } catch (IOException | NumberFormatException e) {
      return NOBODY;
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
