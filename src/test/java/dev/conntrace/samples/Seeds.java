package dev.conntrace.samples;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where fuzzing begins: the sample captures that are small enough to be changed a lot. */
public final class Seeds {
  private static final int MAX_BYTES = 12 * 1024;
  private static final int PACKETS_EACH = 12;

  private Seeds() {}

  /** Returns the small samples whose name ends so. */
  public static Stream<byte[]> captures(String ending) {
    return Sample.all().stream()
        .filter(sample -> sample.toString().endsWith(ending))
        .map(Sample::bytes)
        .filter(bytes -> bytes.length <= MAX_BYTES);
  }

  /** Returns the first packets of every sample, each with bytes of its own. */
  public static Stream<Packet> packets() {
    return Sample.all().stream().flatMap(sample -> firstPackets(sample.bytes()).stream());
  }

  private static List<Packet> firstPackets(byte[] capture) {
    List<Packet> packets = new ArrayList<>();
    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(capture))) {
      Packet packet = new Packet();
      while (packets.size() < PACKETS_EACH && source.next(packet)) {
        packets.add(copyOf(packet));
      }
    } catch (CaptureException e) {
      // A damaged sample has what came before the damage.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packets;
  }

  private static Packet copyOf(Packet packet) {
    byte[] bytes = new byte[packet.capturedLength()];
    System.arraycopy(packet.bytes(), packet.offset(), bytes, 0, bytes.length);
    Packet copy = new Packet();
    copy.set(bytes, 0, bytes.length, packet.originalLength());
    copy.describe(packet.frame(), packet.timestampNanos(), packet.linkType(), 0);
    return copy;
  }
}
