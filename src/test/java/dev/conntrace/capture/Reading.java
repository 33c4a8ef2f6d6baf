package dev.conntrace.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a capture to its end or to its damage.
 *
 * @param format the source's words, empty if it did not open
 * @param fault the message of the exception, null at an orderly end
 */
record Reading(
    List<Captured> packets,
    String format,
    long droppedPackets,
    long bytesRead,
    @Nullable String fault) {
  private static final String NAME = "-";

  /** A copy of one packet, its bytes in hexadecimal. */
  record Captured(
      long frame,
      long timestampNanos,
      int linkType,
      int interfaceIndex,
      long originalLength,
      String hex) {}

  static Reading of(byte[] capture) {
    return of(new ByteArrayInputStream(capture));
  }

  static Reading of(byte[] capture, int lengthBytes) {
    return of(Arrays.copyOf(capture, lengthBytes));
  }

  static Reading of(InputStream standardInput) {
    try (PacketSource source = CaptureFile.open(NAME, standardInput)) {
      return of(source);
    } catch (CaptureException e) {
      return new Reading(List.of(), "", 0, 0, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Reading of(PacketSource source) {
    List<Captured> packets = new ArrayList<>();
    Packet packet = new Packet();
    String fault = null;
    try {
      while (source.next(packet)) {
        packets.add(copyOf(packet));
      }
    } catch (CaptureException e) {
      fault = e.getMessage();
    }
    return new Reading(
        packets, source.format(), source.droppedPackets(), source.bytesRead(), fault);
  }

  private static Captured copyOf(Packet packet) {
    int from = packet.offset();
    String hex = HexFormat.of().formatHex(packet.bytes(), from, from + packet.capturedLength());
    return new Captured(
        packet.frame(),
        packet.timestampNanos(),
        packet.linkType(),
        packet.interfaceIndex(),
        packet.originalLength(),
        hex);
  }

  Captured packet(int frame) {
    return packets.get(frame - 1);
  }
}
