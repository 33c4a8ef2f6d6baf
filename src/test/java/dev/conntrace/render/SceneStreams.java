package dev.conntrace.render;

import dev.conntrace.trace.ByteArrival;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StreamPosition;
import dev.conntrace.trace.StreamPosition.Held;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Where both streams of a scene stand: everything that passes has arrived. */
final class SceneStreams {
  /** Beyond this a scene plays with numbers, not with streams. */
  private static final long END = 1 << 24;

  private static final class Stream {
    final BitSet arrived = new BitSet();
    int before = 1;
    int usable = 1;
    long late;
    long ackedBefore = 1;
    long acked = 1;
    long sentEnd;
    long finAt = StreamPosition.NO_FIN;
    long windowBytes = StreamPosition.NO_WINDOW;
  }

  private final Stream client = new Stream();
  private final Stream server = new Stream();

  BytesMoved moved(SegmentFacts segment) {
    Stream own = segment.from() == Side.CLIENT ? client : server;
    Stream other = segment.from() == Side.CLIENT ? server : client;
    if (isOut(segment.seqRel()) || isOut(segment.ackRel()) || isOut(segment.endRel())) {
      return BytesMoved.NONE;
    }
    begin(own);
    begin(other);
    ByteArrival arrival = segment.has(TcpFlags.RST) ? ByteArrival.NOTHING : send(own, segment);
    if (segment.has(TcpFlags.ACK) && !segment.has(TcpFlags.RST)) {
      other.acked = Math.max(other.acked, segment.ackRel());
      other.windowBytes = segment.windowBytes();
      if (other.acked > 1) {
        other.arrived.set(1, (int) other.acked);
        advance(other);
      }
    }
    return new BytesMoved(arrival, position(own), position(other));
  }

  private static boolean isOut(long position) {
    return position < 0 || position >= END;
  }

  private static void begin(Stream stream) {
    stream.before = stream.usable;
    stream.late = 0;
    stream.ackedBefore = stream.acked;
  }

  private static ByteArrival send(Stream stream, SegmentFacts segment) {
    int first = (int) segment.firstByteRel();
    int end = (int) segment.endRel() + (segment.has(TcpFlags.FIN) ? 1 : 0);
    stream.sentEnd = Math.max(stream.sentEnd, end);
    if (end == first) {
      return ByteArrival.NOTHING;
    }
    if (segment.has(TcpFlags.FIN)) {
      stream.finAt = end - 1L;
    }
    boolean again = stream.arrived.nextClearBit(first) >= end;
    stream.arrived.set(first, end);
    if (again) {
      return ByteArrival.AGAIN;
    }
    if (first > stream.usable) {
      return ByteArrival.WAITS;
    }
    advance(stream);
    stream.late = Math.subtractExact(stream.usable, end);
    return stream.late > 0 ? ByteArrival.FILLS : ByteArrival.IN_ORDER;
  }

  private static void advance(Stream stream) {
    stream.usable = stream.arrived.nextClearBit(stream.usable);
  }

  private static StreamPosition position(Stream stream) {
    return new StreamPosition(
        1,
        stream.before,
        stream.usable,
        held(stream),
        stream.late,
        0,
        0,
        stream.ackedBefore,
        stream.acked,
        0,
        stream.sentEnd,
        stream.finAt,
        stream.windowBytes,
        false);
  }

  private static Held held(Stream stream) {
    List<SackBlock> ranges = new ArrayList<>();
    long bytes = 0;
    int left = stream.arrived.nextSetBit(stream.usable);
    while (left >= 0) {
      int right = stream.arrived.nextClearBit(left);
      ranges.add(new SackBlock(left, right));
      bytes += right - left;
      left = stream.arrived.nextSetBit(right);
    }
    return new Held(ranges, ranges.size(), true, bytes);
  }
}
