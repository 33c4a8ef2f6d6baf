package dev.conntrace.cli;

import dev.conntrace.capture.LinkTypeException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketWriter;
import dev.conntrace.capture.PcapWriter;
import dev.conntrace.capture.PcapngWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file that {@code live -w} names. It grows while packets come, by whole records only: whoever
 * reads along, or finds it after a kill, has a capture without damage.
 */
final class LiveRecording {
  private final String name;
  private final WholeRecords stream;
  private final PacketWriter writer;
  private final @Nullable PcapngWriter pcapng;

  private LiveRecording(String name, WholeRecords stream, boolean isPcapng, int linkType)
      throws IOException {
    this.name = name;
    this.stream = stream;
    if (isPcapng) {
      pcapng = new PcapngWriter(stream, true);
      writer = pcapng;
    } else {
      pcapng = null;
      writer = new PcapWriter(stream, true, linkType);
    }
    stream.endRecord();
  }

  /**
   * Creates the file.
   *
   * @param linkType of the packets to come
   * @throws UsageException if it cannot be written
   */
  static LiveRecording open(String name, int linkType) throws UsageException {
    try {
      OutputStream file = emptied(CaptureTarget.placeOf(name));
      String lower = name.toLowerCase(Locale.ROOT);
      boolean isPcapng = lower.endsWith(".pcapng") || lower.endsWith(".ntar");
      return new LiveRecording(name, new WholeRecords(file), isPcapng, linkType);
    } catch (IOException e) {
      throw new UsageException("cannot write " + name + ": " + CaptureTarget.reason(e));
    }
  }

  /** Records, as pcapng, into a temporary file. */
  static LiveRecording into(Spool spool, int linkType) throws IOException {
    return new LiveRecording("a temporary file", new WholeRecords(spool.end()), true, linkType);
  }

  /** Whatever else has the name of a file that is there, by a hard link, must not be emptied. */
  private static OutputStream emptied(Path path) throws IOException {
    Path place = OwnLinks.follow(path);
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      return Files.newOutputStream(place, StandardOpenOption.WRITE);
    }
    Files.deleteIfExists(place);
    return Files.newOutputStream(place, StandardOpenOption.CREATE_NEW);
  }

  void write(Packet packet) {
    try {
      writer.write(packet);
      stream.endRecord();
    } catch (LinkTypeException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new OutputFailure(name, e);
    }
  }

  /**
   * Says, where the format can, that packets were dropped between the last one and the next.
   *
   * @param received how many packets the kernel took so far, dropped ones included
   * @param dropped how many found no room so far
   */
  void loss(long received, long dropped) {
    if (pcapng == null) {
      return;
    }
    try {
      pcapng.statistics(received, dropped);
      stream.endRecord();
    } catch (IOException e) {
      throw new OutputFailure(name, e);
    }
  }

  /** Hands on what has been written so far. */
  void flush() {
    try {
      stream.flush();
    } catch (IOException e) {
      throw new OutputFailure(name, e);
    }
  }

  /**
   * Completes the file.
   *
   * @param received how many packets the kernel took, dropped ones included
   * @param dropped how many found no room
   */
  void finish(long received, long dropped) {
    loss(received, dropped);
    try {
      writer.close();
    } catch (IOException e) {
      throw new OutputFailure(name, e);
    }
  }
}
