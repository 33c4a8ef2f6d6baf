package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.StreamPosition;
import dev.conntrace.trace.TraceSink;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds one segment in its connection: where both streams stood before it, which states it
 * changed, and which later segments have to do with it. Hears the connection from its beginning.
 */
public final class FrameContext implements TraceSink {
  /** So many later frames are named. */
  private static final int MOST_LATER = 6;

  /**
   * A later segment that has to do with this one.
   *
   * @param frame its number
   * @param kind the verdict that rests on this one; null where it acknowledges it
   */
  record Later(long frame, @Nullable AnnotationKind kind) {}

  private final int connection;
  private final long frame;
  private BytesMoved moved = BytesMoved.NONE;
  private StreamPosition clientBefore = StreamPosition.UNKNOWN;
  private StreamPosition serverBefore = StreamPosition.UNKNOWN;
  private final List<StateChanged> changes = new ArrayList<>();
  private final List<Later> later = new ArrayList<>();
  private @Nullable SegmentFacts segment;
  private boolean acknowledged;

  /** Prepares to hear of the surroundings of one frame of a connection. */
  public FrameContext(ConnectionReport report, long frame) {
    this.connection = report.connection();
    this.frame = frame;
  }

  @Override
  public boolean wants(Importance importance, int number) {
    return switch (importance) {
      case SEGMENT, STATE, BYTES -> number == connection;
      case CONNECTION, PAYLOAD, SKIPPED -> false;
    };
  }

  @Override
  public void on(SegmentSeen event) {
    if (event.connection() != connection) {
      return;
    }
    if (event.segment().frame() == frame) {
      segment = event.segment();
      moved = event.bytes();
    } else if (segment == null) {
      Side from = event.segment().from();
      clientBefore = event.bytes().of(Side.CLIENT, from);
      serverBefore = event.bytes().of(Side.SERVER, from);
    } else {
      noteLater(event, segment);
    }
  }

  @Override
  public void on(StateChanged event) {
    if (event.connection() == connection && event.frame() == frame) {
      changes.add(event);
    }
  }

  /** Returns where a side's stream stood before the segment. */
  StreamPosition before(Side side) {
    return side == Side.CLIENT ? clientBefore : serverBefore;
  }

  /** Returns what the segment moved. */
  BytesMoved moved() {
    return moved;
  }

  /** Returns how the segment changed a side's state; null if it did not. */
  @Nullable StateChanged change(Side side) {
    StateChanged last = null;
    for (StateChanged change : changes) {
      if (change.side() == side) {
        last = change;
      }
    }
    return last;
  }

  /** Returns later segments that rest on this one or acknowledge it, the first few. */
  List<Later> later() {
    return later;
  }

  private void noteLater(SegmentSeen event, SegmentFacts before) {
    long number = event.segment().frame();
    if (later.size() >= MOST_LATER) {
      return;
    }
    for (Annotation annotation : event.annotations()) {
      if (annotation.evidence().contains(frame)) {
        later.add(new Later(number, annotation.kind()));
        return;
      }
    }
    if (!acknowledged && acknowledges(event.segment(), before)) {
      acknowledged = true;
      later.add(new Later(number, null));
    }
  }

  private static boolean acknowledges(SegmentFacts later, SegmentFacts segment) {
    boolean occupies = segment.length() > 0 || segment.has(TcpFlags.SYN | TcpFlags.FIN);
    return occupies
        && later.from() != segment.from()
        && later.has(TcpFlags.ACK)
        && !later.has(TcpFlags.RST)
        && later.ackRel() >= segment.endRel();
  }
}
