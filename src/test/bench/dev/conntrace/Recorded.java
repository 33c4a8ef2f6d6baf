package dev.conntrace;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sample capture in memory, so that a benchmark measures one step of the work and no reading.
 *
 * <p>Give another with {@code -Dbench.capture=FILE}; see {@code make_captures.py}.
 */
final class Recorded {
  private static final String SAMPLE = "sample-captures/one-megabyte/one-megabyte.pcap";

  private final List<byte[]> bytes = new ArrayList<>();
  private final List<long[]> facts = new ArrayList<>();
  private byte[] file = {};

  /** Reads the capture that the benchmarks run over. */
  static Recorded capture() throws CaptureException, IOException {
    Recorded recorded = new Recorded();
    Packet packet = new Packet();
    Path path = Path.of(System.getProperty("bench.capture", SAMPLE));
    recorded.file = Files.readAllBytes(path);
    try (PacketSource source = CaptureFile.open(path)) {
      while (source.next(packet)) {
        recorded.add(packet);
      }
    }
    return recorded;
  }

  private void add(Packet packet) {
    int end = packet.offset() + packet.capturedLength();
    bytes.add(Arrays.copyOfRange(packet.bytes(), packet.offset(), end));
    facts.add(new long[] {packet.originalLength(), packet.timestampNanos(), packet.linkType()});
  }

  /** Returns the bytes of the file, from the beginning. */
  InputStream file() {
    return new ByteArrayInputStream(file);
  }

  int size() {
    return bytes.size();
  }

  /** Refills {@code packet} with packet {@code i}, which from now on has number {@code frame}. */
  void fill(Packet packet, int i, long frame) {
    byte[] content = bytes.get(i);
    long[] fact = facts.get(i);
    packet.set(content, 0, content.length, fact[0]);
    packet.describe(frame, fact[1], (int) fact[2], 0);
  }

  /** Returns a source that delivers all packets once. */
  PacketSource source() {
    return new Source();
  }

  private final class Source implements PacketSource {
    private int next;

    @Override
    public boolean next(Packet packet) {
      if (next == size()) {
        return false;
      }
      fill(packet, next, next + 1);
      next++;
      return true;
    }

    @Override
    public String format() {
      return "memory";
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public long droppedPackets() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
