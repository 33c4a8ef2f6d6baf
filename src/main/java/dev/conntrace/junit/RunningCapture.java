package dev.conntrace.junit;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PcapngWriter;
import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.capture.live.LiveOptions;
import dev.conntrace.capture.live.LiveSource;
import dev.conntrace.capture.live.WantedTraffic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A capture on the loopback interface that a thread of its own writes to a file, from its creation
 * until {@link #end}.
 */
final class RunningCapture {
  /** Ethernet, IP and TCP headers with all options. */
  private static final int HEADER_BYTES = 128;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Traffic that never pauses ends with the test all the same. */
  private static final long LONGEST_SETTLING_NANOS = 5_000 * NANOS_PER_MILLI;

  private final LiveSource source;
  private final Path file;
  private final long settleNanos;
  private final Thread writer;
  private volatile long lastPacketNanos = System.nanoTime();
  private volatile @Nullable IOException failure;

  private RunningCapture(LiveSource source, Path file, long settleNanos) {
    this.source = source;
    this.file = file;
    this.settleNanos = settleNanos;
    writer = new Thread(this::write, "conntrace capture");
    writer.setDaemon(true);
  }

  /**
   * Begins to capture.
   *
   * @throws LiveException if that is not permitted or not possible
   */
  static RunningCapture begin(LoopbackCapture wanted) throws LiveException, IOException {
    List<Integer> ports = new ArrayList<>();
    for (int port : wanted.port()) {
      ports.add(port);
    }
    LiveOptions options =
        new LiveOptions(
            LiveCapture.loopback(),
            wanted.headersOnly() ? HEADER_BYTES : LiveOptions.WHOLE_PACKETS,
            LiveOptions.USUAL_BUFFER,
            new WantedTraffic(ports, List.of()),
            null);
    LiveSource source = LiveCapture.open(options, null);
    Path file = Files.createTempFile("conntrace", ".pcapng");
    RunningCapture capture =
        new RunningCapture(source, file, wanted.settleMillis() * NANOS_PER_MILLI);
    capture.writer.start();
    return capture;
  }

  Path file() {
    return file;
  }

  private void write() {
    Packet packet = new Packet();
    try (PcapngWriter out =
        new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(file)), true)) {
      while (source.next(packet)) {
        lastPacketNanos = System.nanoTime();
        out.write(packet);
      }
      out.statistics(source.receivedPackets(), source.droppedPackets());
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Ends the capture when the traffic has settled; nothing more happens the second time. */
  void end() throws IOException {
    try {
      settle();
      source.stop();
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the capture was ended", e);
    }
    source.close();
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  private void settle() throws InterruptedException {
    long begin = System.nanoTime();
    long quiet = begin - lastPacketNanos;
    while (writer.isAlive()
        && quiet < settleNanos
        && System.nanoTime() - begin < LONGEST_SETTLING_NANOS) {
      Thread.sleep(Math.max(1, (settleNanos - quiet) / NANOS_PER_MILLI));
      quiet = System.nanoTime() - lastPacketNanos;
    }
  }
}
