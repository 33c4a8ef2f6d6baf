package dev.conntrace.flow;

import dev.conntrace.trace.Side;
import org.jspecify.annotations.Nullable;

/** How a connection is being opened: the frames of its handshake, and what was odd about it. */
public final class Opening {
  /** A SYN that met the other side's on the way. */
  record Crossing(long frame, long timeNanos, Side side) {}

  private long synFrame;
  private long synNanos;
  private boolean synRepeated;
  private long synAckFrame;
  private long synAckNanos;
  private boolean synAckRepeated;
  private long ackFrame;
  private long ackNanos;
  private boolean clientSynPlain;
  private boolean serverSynPlain;
  private boolean clientSynAck;
  private boolean serverSynAck;
  private int synDataBytes;
  private boolean synDataAccepted;
  private boolean refused;
  private boolean filtered;
  private boolean established;
  private @Nullable Crossing crossing;

  void syn(FlowSegment segment) {
    if (segment.isAck()) {
      synAck(segment);
      return;
    }
    if (segment.sender().side() == Side.CLIENT) {
      clientSynPlain = true;
    } else {
      serverSynPlain = true;
    }
    if (synFrame == 0) {
      synFrame = segment.frame();
      synNanos = segment.timeNanos();
      synDataBytes = segment.length();
    } else {
      synRepeated = true;
    }
  }

  private void synAck(FlowSegment segment) {
    if (segment.sender().side() == Side.CLIENT) {
      clientSynAck = true;
    } else {
      serverSynAck = true;
    }
    synDataAccepted |= synDataBytes > 0 && segment.ackRel() > synDataBytes;
    if (synAckFrame == 0) {
      synAckFrame = segment.frame();
      synAckNanos = segment.timeNanos();
    } else {
      synAckRepeated = true;
    }
  }

  /** A SYN seems to have crossed the other side's on the way. */
  void cross(FlowSegment syn) {
    crossing = new Crossing(syn.frame(), syn.timeNanos(), syn.sender().side());
  }

  /** Returns the SYN that crossed the other; null if none did. */
  @Nullable Crossing crossing() {
    return crossing;
  }

  /** Both sides know each other from this segment on; whoever answered cannot have completed it. */
  void complete(FlowSegment segment) {
    established = true;
    if (segment.isSyn() || !segment.sender().offer().isAnswer()) {
      ackFrame = segment.frame();
      ackNanos = segment.timeNanos();
    }
  }

  /** An ICMP error answered the SYN. */
  void filter() {
    filtered = true;
  }

  void refuse() {
    refused = true;
  }

  /** Returns the frame of the first SYN; 0 if none was seen. */
  public long synFrame() {
    return synFrame;
  }

  /** Returns when the first SYN was seen, in nanoseconds. */
  public long synNanos() {
    return synNanos;
  }

  public boolean isSynRepeated() {
    return synRepeated;
  }

  /** Returns the frame of the first SYN-ACK; 0 if none was seen. */
  public long synAckFrame() {
    return synAckFrame;
  }

  public long synAckNanos() {
    return synAckNanos;
  }

  public boolean isSynAckRepeated() {
    return synAckRepeated;
  }

  /** Returns the frame that completed the handshake; 0 if none did. */
  public long ackFrame() {
    return ackFrame;
  }

  public long ackNanos() {
    return ackNanos;
  }

  /** Returns whether both sides sent a SYN that was no answer. */
  public boolean bothCalled() {
    return clientSynPlain && serverSynPlain;
  }

  /** Returns whether both sides sent a SYN-ACK, as they do when their SYNs crossed. */
  public boolean bothAnswered() {
    return clientSynAck && serverSynAck;
  }

  /** Returns how many bytes the first SYN carried (TCP Fast Open). */
  public int synDataBytes() {
    return synDataBytes;
  }

  public boolean isSynDataAccepted() {
    return synDataAccepted;
  }

  public boolean isFiltered() {
    return filtered;
  }

  public boolean isRefused() {
    return refused;
  }

  public boolean isEstablished() {
    return established;
  }

  /** Returns whether no SYN was seen at all: the connection was open before the capture began. */
  public boolean isMidstream() {
    return synFrame == 0 && synAckFrame == 0;
  }
}
