package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.ChecksumState;
import org.junit.jupiter.api.Test;

class ChecksumSampleTest {
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();
  private final ChecksumSample sample = new ChecksumSample();

  private ChecksumState take(PacketBytes bytes) {
    decoder.decode(bytes.packet(), segment);
    sample.take(segment);
    return segment.checksum();
  }

  @Test
  void verifiesAllAtFirstAndOneInManyLater() {
    PacketBytes large = PacketBytes.ipv4Tcp().payload(60_000);
    long whole = ChecksumSample.WHOLE_BYTES / 60_020 + 1;
    for (long i = 0; i < whole; i++) {
      assertEquals(ChecksumState.VALID, take(large));
    }
    int verified = 0;
    for (int i = 0; i < 10 * ChecksumSample.ONE_IN; i++) {
      verified += take(large) == ChecksumState.VALID ? 1 : 0;
    }
    assertEquals(10, verified);
    assertEquals(whole + 10, sample.verified());
  }

  @Test
  void doesNotCountWhatWasNotCapturedWhole() {
    decoder.decode(PacketBytes.ipv4Tcp().payload(100).snapped(100), segment);
    sample.take(segment);
    assertEquals(ChecksumState.NOT_CAPTURED, segment.checksum());
    assertEquals(0, sample.verified());
  }

  @Test
  void aZeroIsLeftToTheCard() {
    byte[] bytes = PacketBytes.ipv4Tcp().payload(100).build();
    bytes[50] = 0;
    bytes[51] = 0;
    Packet packet = new Packet();
    packet.set(bytes, 0, bytes.length, bytes.length);
    packet.describe(1, 0, 1, 0);
    decoder.decode(packet, segment);
    assertEquals(ChecksumState.PARTIAL, segment.checksumState());
  }
}
