package dev.conntrace.sockets;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the trace point {@code sock:inet_sock_set_state}: every change of state of every TCP socket
 * of the host, at its very time. A thread of its own reads, as reading waits for the next change.
 */
final class TracePoint {
  private static final String MARK_EVENT = ": tracing_mark_write: ";
  private static final String MARK = "conntrace mark ";
  private static final String MARKED = "conntrace marked ";
  private static final String END = "conntrace end";
  private static final String LOST = " [LOST ";
  private static final String PROCESSOR = "CPU:";
  private static final int FIRST_MARKS = 5;
  private static final int MOST_WAITING = 1 << 16;
  private static final long PATIENCE_MILLIS = 2000;

  private final TraceInstance instance;
  private final TraceClock clock;
  private final BufferedReader pipe;
  private final Queue<TracedTransition> transitions = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread reader = new Thread(this::read, "trace point");
  private volatile boolean lossy;

  /** When the reader's last mark was begun, and the time that the trace gave it. */
  private long markBegunNanos;

  private long markTracedNanos;

  private TracePoint(TraceInstance instance) throws IOException {
    this.instance = instance;
    clock = new TraceClock(instance.followsTimeOfDay());
    pipe = Files.newBufferedReader(instance.pipe(), StandardCharsets.ISO_8859_1);
    reader.setDaemon(true);
  }

  /**
   * Begins to read.
   *
   * @param ports only sockets with one of these; empty for all
   * @throws SocketTableException if that is not permitted, or this kernel cannot
   */
  static TracePoint open(List<Integer> ports) throws SocketTableException {
    TraceInstance instance = TraceInstance.open(ports);
    TracePoint point;
    try {
      point = new TracePoint(instance);
    } catch (IOException e) {
      instance.close();
      throw new SocketTableException("the trace point cannot be read: " + e.getMessage(), e);
    }
    point.reader.start();
    for (int i = 0; i < FIRST_MARKS; i++) {
      point.mark();
    }
    return point;
  }

  /** Compares the clocks again: the time of day may be set meanwhile. */
  void mark() {
    long begun = TraceClock.now();
    write(MARK + begun);
    long ended = TraceClock.now();
    // Only the second line can tell how long the first one took.
    write(MARKED + begun + " " + ended);
  }

  private void write(String text) {
    try {
      instance.mark(text);
    } catch (IOException e) {
      // The last comparison holds on.
      lossy = true;
    }
  }

  /** Returns the next change, its time by the clock of the packets; null if none is there yet. */
  @Nullable TracedTransition next() {
    return transitions.poll();
  }

  /** Returns whether changes may have been missed. */
  boolean isLossy() {
    return lossy;
  }

  private void read() {
    try (pipe) {
      String line = pipe.readLine();
      while (line != null && take(line)) {
        line = pipe.readLine();
      }
    } catch (IOException e) {
      lossy = true;
    }
  }

  /** Returns whether a line says that the kernel had no room for others (kernel/trace/trace.c). */
  static boolean tellsLoss(String line) {
    return line.startsWith(PROCESSOR) && line.contains(LOST);
  }

  /** Takes a line; returns whether to go on. */
  private boolean take(String line) {
    TracedTransition transition = TracedTransition.of(line);
    if (transition != null) {
      if (!clock.isCompared() || !transitions.offer(attributed(transition).at(clock))) {
        lossy |= clock.isCompared();
      }
      return true;
    }
    int mark = line.indexOf(MARK_EVENT);
    if (mark < 0) {
      lossy |= tellsLoss(line);
      return true;
    }
    String text = line.substring(mark + MARK_EVENT.length());
    if (text.startsWith(MARK)) {
      markBegunNanos = Long.parseLong(text.substring(MARK.length()).trim());
      markTracedNanos = TracedTransition.nanosOf(line, mark);
    } else if (text.startsWith(MARKED)) {
      String[] times = text.substring(MARKED.length()).trim().split(" ", 2);
      noteMark(Long.parseLong(times[0]), Long.parseLong(times[1]));
    }
    return !text.startsWith(END);
  }

  /** The line of the mark itself may be among those that the kernel had no room for. */
  private void noteMark(long begunNanos, long endedNanos) {
    if (begunNanos == markBegunNanos && markTracedNanos >= 0) {
      clock.note(begunNanos, markTracedNanos, endedNanos);
    }
  }

  /** Asks for the process while the thread is likely to live: numbers of threads come again. */
  private static TracedTransition attributed(TracedTransition transition) {
    long process = transition.called() ? ProcessTree.processOf(transition.threadId()) : 0;
    return process == 0 ? transition : transition.by(process);
  }

  /** Ends it: the reader wakes up with a last line of our own. */
  void close() {
    write(END);
    try {
      reader.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    instance.close();
  }
}
