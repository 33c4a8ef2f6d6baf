package dev.conntrace;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.Reassembly;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that reads and decodes ahead of the tracer, over a bounded ring of batches that go back
 * and forth.
 */
final class ReadAhead implements AutoCloseable {
  private static final int BATCHES = 4;

  private static final int NAPS = 64;

  /**
   * Who waits for packets must go on as soon as there are any. The kernel makes more of it, some
   * fifty microseconds.
   */
  private static final long SHORT_NAP_NANOS = 1_000;

  /**
   * Who reads ahead may sleep for as long as it takes to follow the packets of half a large batch:
   * there are others to go on with.
   */
  private static final long LONG_NAP_NANOS = 150_000;

  private final PacketSource source;
  private final CaptureCounters counters;
  private final BlockingQueue<DecodedBatch> empty = new ArrayBlockingQueue<>(BATCHES);
  private final BlockingQueue<DecodedBatch> full = new ArrayBlockingQueue<>(BATCHES);
  private final Thread thread = new Thread(this::read, "conntrace-reader");

  /**
   * Starts to read; from now on nobody else may ask {@code source} for packets or use {@code
   * counters} or {@code reassembly}, until the last batch has come.
   *
   * @param wantsSegments whether the bytes of the segments and the headers before them will be
   *     looked at
   */
  ReadAhead(
      PacketSource source, CaptureCounters counters, Reassembly reassembly, boolean wantsSegments) {
    this.source = source;
    this.counters = counters;
    for (int i = 0; i < BATCHES; i++) {
      empty.add(new DecodedBatch(reassembly, wantsSegments));
    }
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    Packet packet = new Packet();
    try {
      long napNanos = SHORT_NAP_NANOS;
      boolean more = true;
      while (more) {
        DecodedBatch batch = take(empty, napNanos);
        more = batch.fill(source, packet, counters);
        napNanos = batch.isLarge() ? LONG_NAP_NANOS : SHORT_NAP_NANOS;
        full.put(batch);
      }
    } catch (InterruptedException e) {
      // Nobody wants the rest.
    }
  }

  /**
   * Waits for a batch, at first by looking again and again: to be woken would cost the other thread
   * a system call for each batch, and the slower of the two sets the pace.
   */
  private static DecodedBatch take(BlockingQueue<DecodedBatch> queue, long napNanos)
      throws InterruptedException {
    for (int naps = 0; naps < NAPS; naps++) {
      DecodedBatch batch = queue.poll();
      if (batch != null) {
        return batch;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(napNanos);
    }
    return queue.take();
  }

  /** Returns the next batch; it belongs to the caller until {@link #giveBack}. */
  DecodedBatch next() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return take(full, SHORT_NAP_NANOS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Hands an emptied batch back to be refilled. */
  void giveBack(DecodedBatch batch) {
    empty.add(batch);
  }

  /** Stops the thread and waits until it has let go of the source. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
