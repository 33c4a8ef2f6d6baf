package dev.conntrace.decode;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.Fit;

/**
 * Where the decoder stands in a packet, and how far what lies ahead goes.
 *
 * <pre>
 *  bytes  ...|link|IP |TCP |payload      :             :
 *                 ^                      ^             ^
 *                 at                     limit         end
 *                 next header            captured      on the wire
 * </pre>
 *
 * <p>Each layer that states its own length moves {@code end}, and {@code limit} never lies beyond
 * it: padding and trailers belong to nobody.
 */
final class Walk {
  byte[] bytes = new byte[0];

  /** Index of the next header's first byte. */
  int at;

  /** Index after the last captured byte of the present layer. */
  int limit;

  /**
   * Index that would follow the present layer's last byte if all of it had been captured; at least
   * {@link #limit}.
   */
  long end;

  /**
   * The {@link dev.conntrace.wire.IpProtocol} of the header ahead, where that is an extension
   * header.
   */
  int protocol;

  void begin(Packet packet) {
    bytes = packet.bytes();
    at = packet.offset();
    limit = at + packet.capturedLength();
    // A packet cannot have been shorter than what was kept of it, whatever the capture says.
    end = at + Math.max(packet.originalLength(), packet.capturedLength());
  }

  /** Steps over a header of {@code length} bytes, which a view has found to be there. */
  void advance(int length) {
    at += length;
  }

  /**
   * The present layer's own length puts its end here, which may lie beyond the end of what carries
   * it.
   */
  void endAt(long newEnd) {
    end = newEnd;
    if (limit > newEnd) {
      limit = (int) newEnd;
    }
  }

  /**
   * Returns why a header cannot be read. It is the capture's fault if the layer goes on beyond the
   * captured bytes, and the sender's if it ends within its own header.
   */
  Next stop(Fit fit) {
    return fit == Fit.CUT && limit < end ? Next.TRUNCATED : Next.MALFORMED;
  }
}
