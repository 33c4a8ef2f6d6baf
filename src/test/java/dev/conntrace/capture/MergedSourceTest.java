package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedSourceTest {
  private static final long SECOND = 1_000_000_000;

  /** A file in memory that counts how many of its kind are open. */
  private static final class Memory implements MergeInput {
    private static int open;
    private static int mostOpen;

    private final String name;
    private final byte[] bytes;
    private final boolean pipe;
    private int openings;

    Memory(String name, byte[] bytes, boolean pipe) {
      this.name = name;
      this.bytes = bytes;
      this.pipe = pipe;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean canReopen() {
      return !pipe;
    }

    @Override
    public PacketSource open() throws IOException {
      assertTrue(!pipe || openings++ == 0, "a pipe was opened twice");
      PacketSource source =
          CaptureFile.read(
              name,
              new ByteArrayInputStream(bytes) {
                @Override
                public void close() {
                  open--;
                }
              });
      mostOpen = Math.max(mostOpen, ++open);
      return source;
    }
  }

  private static Memory file(String name, long... seconds) {
    return new Memory(name, pcap(name, seconds), false);
  }

  private static byte[] pcap(String mark, long... seconds) {
    PcapBytes bytes = PcapBytes.littleEndian();
    for (long second : seconds) {
      bytes.packet(second * SECOND, new byte[] {(byte) mark.charAt(0), (byte) second});
    }
    return bytes.toBytes();
  }

  /** Returns the packets as {@code a1@5}: file, its frame, second. */
  private static List<String> merged(MergedSource source) throws CaptureException {
    List<String> all = new ArrayList<>();
    Packet packet = new Packet();
    while (source.next(packet)) {
      assertEquals(all.size() + 1, packet.frame());
      String time =
          packet.timestampNanos() == Packet.NO_TIMESTAMP
              ? "?"
              : Long.toString(packet.timestampNanos() / SECOND);
      all.add(packet.sourceFile() + packet.sourceFrame() + "@" + time);
    }
    return all;
  }

  private static List<String> merged(MergeInput... files) throws IOException {
    try (MergedSource source = new MergedSource(List.of(files))) {
      return merged(source);
    }
  }

  @Test
  void packetsComeInOrderOfTimeWhereverTheyAre() throws IOException {
    assertEquals(
        List.of("b1@1", "a1@2", "b2@3", "c1@3", "a2@5", "b3@6"),
        merged(file("a", 2, 5), file("b", 1, 3, 6), file("c", 3)));
  }

  @Test
  void amongEqualTimesTheFileNamedFirstComesFirst() throws IOException {
    assertEquals(
        List.of("b1@7", "b2@7", "a1@7", "a2@7", "b3@8", "a3@8"),
        merged(file("b", 7, 7, 8), file("a", 7, 7, 8)));
  }

  @Test
  void localDisorderInOneFileIsSorted() throws IOException {
    assertEquals(
        List.of("a2@1", "b1@2", "a1@3", "a4@4", "a3@5"),
        merged(file("a", 3, 1, 5, 4), file("b", 2)));
  }

  @Test
  void whatTheWindowDoesNotReachIsPassedOnWhereItStands() throws IOException {
    long[] seconds = new long[ReorderWindow.PACKETS + 2];
    for (int i = 0; i < seconds.length - 1; i++) {
      seconds[i] = 100L + i;
    }
    seconds[seconds.length - 1] = 1;
    List<String> packets = merged(file("a", seconds));
    assertEquals("a1@100", packets.get(0));
    assertEquals("a2@101", packets.get(1));
    assertEquals("a" + seconds.length + "@1", packets.get(2));
    assertEquals("a3@102", packets.get(3));
  }

  @Test
  void aPacketWithoutATimeStaysBehindTheOneBeforeIt() throws IOException {
    byte[] some =
        PcapngBytes.littleEndian()
            .describe(1)
            .enhanced(0, 4_000_000, new byte[] {1})
            .simple(new byte[] {2}, 1)
            .enhanced(0, 6_000_000, new byte[] {3})
            .toBytes();
    assertEquals(
        List.of("b1@3", "a1@4", "a2@?", "b2@5", "a3@6"),
        merged(new Memory("a", some, false), file("b", 3, 5)));
  }

  @Test
  void bytesAreThoseOfTheFileEachPacketIsFrom() throws IOException {
    try (MergedSource source = new MergedSource(List.of(file("a", 9, 2, 4), file("b", 1, 3, 8)))) {
      Packet packet = new Packet();
      while (source.next(packet)) {
        assertEquals(packet.sourceFile().charAt(0), packet.bytes()[packet.offset()]);
        assertEquals(
            packet.timestampNanos() / SECOND, packet.bytes()[packet.offset() + 1], "its second");
      }
    }
  }

  @Test
  void interfacesOfDifferentFilesStayApart() throws IOException {
    byte[] two =
        PcapngBytes.littleEndian()
            .describe(1)
            .describe(113)
            .enhanced(1, 1_000_000, new byte[] {1})
            .enhanced(0, 3_000_000, new byte[] {2})
            .enhanced(1, 5_000_000, new byte[] {3})
            .toBytes();
    try (MergedSource source =
        new MergedSource(List.of(new Memory("a", two, false), file("b", 2, 4)))) {
      assertEquals(
          List.of("113 of 0", "1 of 1", "1 of 2", "1 of 1", "113 of 0"),
          Reading.of(source).packets().stream()
              .map(packet -> packet.linkType() + " of " + packet.interfaceIndex())
              .toList());
    }
  }

  @Test
  void damageInOneFileLeavesTheOthersWhole() throws IOException {
    byte[] whole = pcap("a", 1, 4, 6);
    Memory cut = new Memory("a", Arrays.copyOf(whole, whole.length - 1), false);
    Memory none = new Memory("n", new byte[0], false);
    try (MergedSource source = new MergedSource(List.of(cut, none, file("b", 2, 5, 9)))) {
      Reading reading = Reading.of(source);
      assertEquals(5, reading.packets().size());
      assertTrue(reading.fault().startsWith("n: is empty"), reading.fault());
      CaptureException again =
          assertThrows(CaptureException.class, () -> source.next(new Packet()));
      assertEquals(1, again.getSuppressed().length);
      String other = again.getSuppressed()[0].getMessage();
      assertTrue(other.startsWith("a: a packet record is cut off"), other);
    }
  }

  @Test
  void whereNothingCanBeReadThatIsSaidAtOnce() {
    Memory none = new Memory("n", new byte[0], false);
    assertThrows(CaptureException.class, () -> new MergedSource(List.of(none, none)));
  }

  @Test
  void aRotatedSetOfAnyNumberOfFilesNeedsFewOpenOnes() throws IOException {
    Memory.open = 0;
    Memory.mostOpen = 0;
    MergeInput[] files = new MergeInput[1000];
    for (int i = 0; i < files.length; i++) {
      // The order of names is not that of times.
      int begin = 10 * ((i * 7) % files.length);
      files[i] = new Memory("f", pcap("f", begin, begin + 4, begin + 12), i == 3);
    }
    List<String> packets = merged(files);
    assertEquals(3 * files.length, packets.size());
    assertEquals(0, Memory.open);
    assertTrue(Memory.mostOpen < 6, "open at once: " + Memory.mostOpen);
    long before = 0;
    for (String packet : packets) {
      long second = Long.parseLong(packet.substring(packet.indexOf('@') + 1));
      assertFalse(second < before, packet);
      before = second;
    }
  }

  @Test
  void tooManyFilesOfTheSameTimeAreRefusedByName() throws IOException {
    MergeInput[] files = new MergeInput[MergedSource.MAX_OPEN + 2];
    for (int i = 0; i < files.length; i++) {
      files[i] = file("f" + i, 1, 2);
    }
    try (MergedSource source = new MergedSource(List.of(files))) {
      Reading reading = Reading.of(source);
      assertEquals(2 * MergedSource.MAX_OPEN, reading.packets().size());
      assertTrue(reading.fault().startsWith("f128: left out: 128 other files"), reading.fault());
    }
  }

  @Test
  void dropsAndBytesOfAllFilesAreAddedUp() throws IOException {
    byte[] lossy =
        PcapngBytes.littleEndian()
            .describe(1)
            .enhanced(0, 1_000_000, new byte[] {1})
            .statistics(0, 3, 4)
            .toBytes();
    Memory lossyFile = new Memory("a", lossy, false);
    try (MergedSource source = new MergedSource(List.of(lossyFile, lossyFile))) {
      Reading reading = Reading.of(source);
      assertNull(reading.fault());
      assertEquals(14, reading.droppedPackets());
      assertEquals(2L * lossy.length, reading.bytesRead());
      assertEquals("2 files merged: pcapng, little-endian", reading.format());
    }
  }
}
