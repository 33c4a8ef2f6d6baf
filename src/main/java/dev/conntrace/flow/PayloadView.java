package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.Side;

/** Shows a sink what the current segment brings to its stream: one object, refilled for each. */
final class PayloadView implements SegmentPayload {
  private FlowSegment segment = new FlowSegment();
  private Standing standing = Standing.STREAM;

  /** Lays the view over a segment that has been judged. */
  void show(FlowSegment segment, Findings findings) {
    this.segment = segment;
    standing = standing(segment, findings);
  }

  private static Standing standing(FlowSegment segment, Findings findings) {
    if (segment.isRst()) {
      return Standing.RESET;
    }
    boolean strangeSyn = segment.isSyn() && segment.seqRel() != 0;
    if (segment.isStray() || strangeSyn) {
      return Standing.STRAY;
    }
    if (findings.isDiscarded()) {
      return Standing.DAMAGED;
    }
    if (findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return Standing.DUPLICATE_PACKET;
    }
    if (findings.has(AnnotationKind.KEEP_ALIVE)) {
      return Standing.KEEP_ALIVE;
    }
    if (findings.has(AnnotationKind.ZERO_WINDOW_PROBE)) {
      return Standing.WINDOW_PROBE;
    }
    return findings.has(AnnotationKind.BAD_CHECKSUM) ? Standing.DOUBTED : Standing.STREAM;
  }

  @Override
  public int connection() {
    return segment.connection().number();
  }

  @Override
  public ConnectionKey key() {
    return segment.connection().key();
  }

  @Override
  public Side from() {
    return segment.sender().side();
  }

  @Override
  public Side to() {
    return segment.receiver().side();
  }

  @Override
  public long frame() {
    return segment.frame();
  }

  @Override
  public long timestampNanos() {
    return segment.segment().timestampNanos();
  }

  @Override
  public Standing standing() {
    return standing;
  }

  /** Returns whether its numbers are those of this connection's streams. */
  private boolean belongs() {
    return standing != Standing.STRAY && standing != Standing.DAMAGED && standing != Standing.RESET;
  }

  @Override
  public boolean isSyn() {
    return segment.isSyn() && belongs();
  }

  @Override
  public boolean isFin() {
    return segment.isFin() && belongs();
  }

  @Override
  public long firstByteRel() {
    return segment.dataRel();
  }

  @Override
  public int length() {
    return segment.length();
  }

  @Override
  public int capturedLength() {
    return segment.segment().capturedPayloadLength();
  }

  @Override
  public byte[] bytes() {
    return segment.segment().bytes();
  }

  @Override
  public int offset() {
    return segment.segment().payloadOffset();
  }

  @Override
  public boolean hasAcknowledged() {
    return segment.receiver().hasUna();
  }

  @Override
  public long acknowledgedRel() {
    return segment.receiver().una();
  }
}
