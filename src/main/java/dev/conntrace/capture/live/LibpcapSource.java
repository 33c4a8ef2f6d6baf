package dev.conntrace.capture.live;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.GrowthListener;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.live.LiveException.Reason;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;

/**
 * Captures through libpcap. A thread of its own waits for packets: with nothing to capture libpcap
 * waits without end, and whoever traces has to hear of the silence.
 */
final class LibpcapSource implements LiveSource {
  /** Packets are handed over this often; handing over each by itself costs several times more. */
  private static final int TIMEOUT_MILLIS = 10;

  private static final long WAIT_NANOS = 10_000_000;
  private static final long STOP_MILLIS = 2_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int FOREVER = -1;

  /** What pcap4j puts before libpcap's own words. */
  private static final String COMPILING = "Error occurred in pcap_compile: ";

  /** Each reading of the counters is a call into libpcap, which calls the kernel. */
  private static final int PACKETS_BETWEEN_COUNTS = 256;

  private static final int WAITS_BETWEEN_COUNTS = 8;
  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final long MILLIS_PER_SECOND = 1000;

  /**
   * Linux's loopback interface offers each packet twice, and libpcap leaves the first out. So its
   * counters count twice. (The filter {@code inbound} would spare the copy, but libpcap applies it
   * by itself to the first block of its ring, where it has not the field, and loses the block.)
   */
  private static final String LOOPBACK = "lo";

  private final String device;
  private final PcapHandle handle;
  private final int linkType;
  private final PacketQueue queue;
  private final Thread thread;
  private final Growth growth = new Growth();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile long stoppedNanos;
  private volatile boolean ended;
  private volatile @Nullable Throwable fault;
  private long frames;
  private long bytes;
  private long received;
  private final DropInterval drops = new DropInterval();
  private long queueDropped;
  private int waits;

  /**
   * Opens the interface and begins to capture.
   *
   * @throws LiveException if that is not permitted or not possible
   */
  LibpcapSource(LiveOptions options) throws LiveException {
    device = options.device();
    queue = new PacketQueue(options.bufferBytes());
    handle = open(options);
    try {
      setFilter(options);
    } catch (LiveException e) {
      handle.close();
      throw e;
    }
    linkType = Libpcap.linkType(handle.getDlt().value());
    thread = new Thread(this::capture, "capture");
    thread.setDaemon(true);
    thread.start();
  }

  private static PcapHandle open(LiveOptions options) throws LiveException {
    try {
      return new PcapHandle.Builder(options.device())
          .snaplen(options.snapBytes())
          .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
          .timeoutMillis(TIMEOUT_MILLIS)
          .bufferSize(options.bufferBytes())
          .timestampPrecision(TimestampPrecision.NANO)
          .build();
    } catch (PcapNativeException e) {
      throw Libpcap.failure(options.device(), e);
    }
  }

  private void setFilter(LiveOptions options) throws LiveException {
    String expression = Libpcap.join(options.wanted().expression(), options.expression());
    if (expression.isEmpty()) {
      return;
    }
    try {
      handle.setFilter(expression, BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException e) {
      throw new LiveException(
          Reason.BAD_FILTER,
          "libpcap does not understand the filter '"
              + options.expression()
              + "': "
              + reason(LiveFailures.firstLine(e)));
    } catch (NotOpenException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reason(String message) {
    return message.startsWith(COMPILING) ? message.substring(COMPILING.length()) : message;
  }

  /** Runs on the thread that captures. What a listener throws would be lost, so it is kept. */
  private void capture() {
    try {
      handle.loop(FOREVER, this::take);
    } catch (InterruptedException e) {
      // That is how a stopped loop ends.
      drain();
    } catch (PcapNativeException | NotOpenException | RuntimeException e) {
      fault = e;
    } finally {
      ended = true;
    }
  }

  /** Takes what the kernel still holds when the loop has been stopped. */
  private void drain() {
    try {
      handle.setBlockingMode(BlockingMode.NONBLOCKING);
      while (fault == null && handle.dispatch(FOREVER, this::take) > 0) {
        // Until nothing is left.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PcapNativeException | NotOpenException | RuntimeException e) {
      fault = e;
    }
  }

  private void take(byte[] packet) {
    try {
      Timestamp time = handle.getTimestamp();
      Integer length = handle.getOriginalLength();
      long seconds = Math.floorDiv(time.getTime(), MILLIS_PER_SECOND);
      queue.put(packet, seconds * NANOS_PER_SECOND + time.getNanos(), length);
    } catch (RuntimeException e) {
      fault = e;
      stop();
    }
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    while (true) {
      // Looked at before the queue: what came before the end is in it then.
      boolean over = ended;
      if (queue.take(packet, frames + 1, linkType)) {
        break;
      }
      if (over || isOverdue()) {
        count();
        drops.end();
        requireNoFault();
        return false;
      }
      queue.await(WAIT_NANOS);
      if ((++waits & WAITS_BETWEEN_COUNTS - 1) == 0) {
        count();
      }
      growth.silence();
    }
    frames++;
    if ((frames & PACKETS_BETWEEN_COUNTS - 1) == 0 || queue.dropped() != queueDropped) {
      count();
    }
    drops.packet(packet.timestampNanos());
    bytes += packet.capturedLength();
    growth.packet();
    return true;
  }

  private void count() {
    try {
      PcapStat stat = handle.getStats();
      int offered = device.equals(LOOPBACK) ? 2 : 1;
      received = stat.getNumPacketsReceived() / offered;
      queueDropped = queue.dropped();
      drops.read((stat.getNumPacketsDropped() + offered - 1) / offered + queueDropped);
    } catch (PcapNativeException | NotOpenException e) {
      // Then the last known counts stand.
    }
  }

  /** Older libpcaps do not wake up from waiting when they are told to stop. */
  private boolean isOverdue() {
    return stopped.get() && System.nanoTime() - stoppedNanos > STOP_MILLIS * NANOS_PER_MILLI;
  }

  private void requireNoFault() throws CaptureException {
    Throwable reason = fault;
    if (reason != null) {
      throw new CaptureException(
          device, "the capture broke off: " + LiveFailures.firstLine(reason));
    }
  }

  @Override
  public void tellGrowth(GrowthListener listener) {
    growth.setListener(listener);
  }

  @Override
  public void stop() {
    stoppedNanos = System.nanoTime();
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    try {
      handle.breakLoop();
    } catch (NotOpenException e) {
      // It has ended already.
    }
  }

  @Override
  public int linkType() {
    return linkType;
  }

  @Override
  public String format() {
    return "live on " + device + " through libpcap, nanoseconds";
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  public long droppedPackets() {
    return drops.told();
  }

  @Override
  public boolean mayLackPackets() {
    return drops.isWithin();
  }

  @Override
  public long receivedPackets() {
    return received;
  }

  /** Closing while the loop runs would wait for its end. */
  @Override
  public void close() throws IOException {
    stop();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive()) {
      handle.close();
    }
  }
}
