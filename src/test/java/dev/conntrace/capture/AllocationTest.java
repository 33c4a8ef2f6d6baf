package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int PACKETS = 50_000;
  private static final int ROUNDS = 5;

  /** Windows and readers: far less than one byte a packet. */
  private static final long MAX_BYTES_PER_FILE = 600_000;

  @Test
  void readsPcapPacketsWithoutAllocating() throws IOException {
    PcapBytes file = PcapBytes.littleEndian();
    for (int i = 0; i < PACKETS; i++) {
      file.packet(i, new byte[60]);
    }
    assertAllocatesNothing(file.toBytes());
  }

  @Test
  void readsPcapngPacketsWithoutAllocating() throws IOException {
    PcapngBytes file = PcapngBytes.littleEndian().describe(1);
    for (int i = 0; i < PACKETS; i++) {
      file.enhanced(0, i, new byte[60]);
    }
    assertAllocatesNothing(file.toBytes());
  }

  private static void assertAllocatesNothing(byte[] file) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      readAll(file);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(least < MAX_BYTES_PER_FILE, least + " bytes");
  }

  private static void readAll(byte[] file) throws IOException {
    Packet packet = new Packet();
    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(file))) {
      while (source.next(packet)) {
        assertTrue(packet.frame() <= PACKETS);
      }
    }
  }
}
