package dev.conntrace.sockets;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory of our own in the kernel's tracefs, with the trace point {@code
 * sock:inet_sock_set_state} switched on: nobody else's tracing is touched. It goes when it is
 * closed, and tracefs with it if it had to be mounted.
 */
final class TraceInstance {
  private static final Path USUAL_PLACE = Path.of("/sys/kernel/tracing");
  private static final String PREFIX = "conntrace-";
  private static final String EVENT = "events/sock/inet_sock_set_state";

  /** Each processor's; some 4000 changes. */
  private static final String BUFFER_KIBIBYTES = "512";

  /** A process may trace more than once at a time. */
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** Whether tracefs was mounted by this process, whose last instance takes it away again. */
  private static final AtomicBoolean MOUNTED = new AtomicBoolean();

  private final Path directory;
  private final boolean followsTimeOfDay;

  private TraceInstance(Path directory, boolean followsTimeOfDay) {
    this.directory = directory;
    this.followsTimeOfDay = followsTimeOfDay;
  }

  /**
   * Makes the directory and begins to trace.
   *
   * @param ports only sockets with one of these; empty for all
   * @throws SocketTableException if that is not permitted, or this kernel cannot
   */
  static TraceInstance open(List<Integer> ports) throws SocketTableException {
    Path instances = tracefs().resolve("instances");
    Path directory =
        instances.resolve(PREFIX + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
    try {
      removeLeftBehind(instances);
      Files.createDirectory(directory);
      boolean tai = begin(directory, ports);
      return new TraceInstance(directory, tai);
    } catch (IOException e) {
      new TraceInstance(directory, false).close();
      throw new SocketTableException(
          e instanceof AccessDeniedException
              ? "the trace point is root's to use"
              : "the trace point cannot be used: " + e.getMessage(),
          e);
    }
  }

  /** Switches everything on; returns whether its clock runs with the time of day. */
  private static boolean begin(Path directory, List<Integer> ports) throws IOException {
    boolean tai = Files.readString(directory.resolve("trace_clock")).contains("tai");
    write(directory.resolve("trace_clock"), tai ? "tai" : "mono");
    write(directory.resolve("buffer_size_kb"), BUFFER_KIBIBYTES);
    write(directory.resolve("options/record-tgid"), "1");
    if (!ports.isEmpty()) {
      StringBuilder filter = new StringBuilder();
      for (int port : ports) {
        filter.append(filter.length() == 0 ? "" : "||");
        filter.append("sport==").append(port).append("||dport==").append(port);
      }
      write(directory.resolve(EVENT).resolve("filter"), filter.toString());
    }
    write(directory.resolve(EVENT).resolve("enable"), "1");
    return tai;
  }

  /** Returns where tracefs is; it is mounted if need be. */
  private static Path tracefs() throws SocketTableException {
    Path tracefs = mountPoint();
    if (tracefs != null) {
      return tracefs;
    }
    mount();
    MOUNTED.set(true);
    return USUAL_PLACE;
  }

  private static @Nullable Path mountPoint() throws SocketTableException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
        String[] fields = line.split(" ", 4);
        if (fields.length > 2 && fields[2].equals("tracefs")) {
          return Path.of(fields[1]);
        }
      }
      return null;
    } catch (IOException e) {
      throw new SocketTableException("there is no /proc to look for tracefs in", e);
    }
  }

  private static void mount() throws SocketTableException {
    try {
      SystemCalls.mount("tracefs", USUAL_PLACE.toString(), "tracefs", new NativeLong(0), null);
    } catch (LastErrorException e) {
      throw new SocketTableException(
          e.getErrorCode() == SystemCalls.EPERM
              ? "the trace point is root's to use"
              : "tracefs cannot be mounted: " + e.getMessage(),
          e);
    }
  }

  /** Removes what conntraces that were killed have left. */
  private static void removeLeftBehind(Path instances) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(instances, PREFIX + "*")) {
      for (Path instance : found) {
        String pid = instance.toFile().getName().substring(PREFIX.length()).split("-", 2)[0];
        if (pid.matches("\\d{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          remove(instance);
        }
      }
    }
  }

  /** One that is in use stays: its process has numbers of its own, in another container. */
  private static void remove(Path instance) {
    try {
      Files.deleteIfExists(instance);
    } catch (IOException e) {
      // Ours does not need its place.
    }
  }

  private static void write(Path file, String word) throws IOException {
    // These files are not replaced and have no length: opening them for writing is enough.
    Files.write(file, word.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
  }

  /** Returns the file in which changes appear as they happen. */
  Path pipe() {
    return directory.resolve("trace_pipe");
  }

  /** Returns whether the times differ from the time of day by whole seconds only. */
  boolean followsTimeOfDay() {
    return followsTimeOfDay;
  }

  /** Writes a line of our own into the trace. */
  void mark(String text) throws IOException {
    write(directory.resolve("trace_marker"), text);
  }

  /** Ends it. Whoever reads the {@link #pipe} must have closed it. */
  void close() {
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // The next conntrace removes it.
      return;
    }
    if (MOUNTED.get()) {
      try {
        SystemCalls.umount(USUAL_PLACE.toString());
        MOUNTED.set(false);
      } catch (LastErrorException e) {
        // Somebody else uses it by now.
      }
    }
  }
}
