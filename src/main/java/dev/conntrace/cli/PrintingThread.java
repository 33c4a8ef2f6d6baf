package dev.conntrace.cli;

import dev.conntrace.trace.ConnectionReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A thread that prints connections, in their order, while later ones are still followed. Bounded:
 * whoever follows them faster than they are printed has to wait.
 */
final class PrintingThread {
  /** To hand over each alone would cost more than to print it. */
  private static final int BATCH = 128;

  private static final int BATCHES = 4;

  private final String file;
  private final RecordPrinter printer;

  /** An empty batch is the last. */
  private final BlockingQueue<List<ConnectionReport>> full = new ArrayBlockingQueue<>(BATCHES);

  private final Thread thread = new Thread(this::print, "conntrace-printer");
  private List<ConnectionReport> batch = new ArrayList<>(BATCH);
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private boolean closed;
  private volatile @Nullable Throwable fault;

  /** Starts; until {@link #close} nobody else may use {@code printer}. */
  PrintingThread(String file, RecordPrinter printer) {
    this.file = file;
    this.printer = printer;
    thread.setDaemon(true);
    thread.start();
  }

  private void print() {
    try {
      for (List<ConnectionReport> next = full.take(); !next.isEmpty(); next = full.take()) {
        print(next);
      }
    } catch (InterruptedException e) {
      // Nobody wants the rest.
    } finally {
      ended.complete(null);
    }
  }

  /** After a fault the rest is only taken, so that nobody waits for room. */
  private void print(List<ConnectionReport> reports) {
    try {
      for (int i = 0; fault == null && i < reports.size(); i++) {
        printer.connection(file, reports.get(i));
      }
    } catch (IOException | RuntimeException | Error e) {
      fault = e;
    }
  }

  /**
   * Prints a connection, soon.
   *
   * @throws IOException if an earlier one could not be printed
   */
  void connection(ConnectionReport report) throws IOException {
    batch.add(report);
    if (batch.size() == BATCH) {
      handOver(batch);
      batch = new ArrayList<>(BATCH);
      rethrow();
    }
  }

  /**
   * Waits until everything is printed.
   *
   * @throws IOException if something could not be printed
   */
  void finish() throws IOException {
    close();
    rethrow();
  }

  /** Waits until everything is printed, as far as that is possible, and lets the printer go. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!batch.isEmpty()) {
      handOver(batch);
    }
    handOver(List.of());
    ended.join();
  }

  private void handOver(List<ConnectionReport> reports) {
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        full.put(reports);
        done = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() throws IOException {
    Throwable known = fault;
    if (known instanceof IOException failure) {
      throw failure;
    }
    if (known instanceof RuntimeException exception) {
      throw exception;
    }
    if (known instanceof Error error) {
      throw error;
    }
  }
}
