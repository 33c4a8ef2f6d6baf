package dev.conntrace.flow;

import dev.conntrace.decode.LayerTrail;
import dev.conntrace.decode.Segment;
import dev.conntrace.trace.AckCoverage;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.FrameNotes;
import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.Layer;
import dev.conntrace.trace.MultipathOption;
import dev.conntrace.trace.MultipathOption.Subtype;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentOptions;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.SourceFrame;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.wire.MptcpOptions;
import dev.conntrace.wire.TcpOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Copies a borrowed segment into a record, for a sink that wants it. */
final class SegmentRecorder {
  private static final int PREVIEW_BYTES = 64;

  private SegmentRecorder() {}

  static SegmentSeen record(
      FlowSegment segment,
      Transitions changes,
      Findings findings,
      @Nullable AckCoverage acks,
      BytesMoved bytes) {
    boolean senderIsClient = segment.sender() == segment.connection().client();
    return new SegmentSeen(
        segment.connection().number(),
        segment.connection().key(),
        facts(segment),
        annotations(findings, segment.frame()),
        segment
            .connection()
            .proven(senderIsClient ? changes.senderState() : changes.receiverState()),
        segment
            .connection()
            .proven(senderIsClient ? changes.receiverState() : changes.senderState()),
        acks,
        bytes);
  }

  static StateChanged change(FlowSegment segment, Transitions changes, int i) {
    return new StateChanged(
        segment.connection().number(),
        changes.who(i).side(),
        segment.connection().proven(changes.before(i)),
        segment.connection().proven(changes.after(i)),
        segment.frame(),
        changes.cause(i).words(),
        changes.confidence(i));
  }

  private static List<Annotation> annotations(Findings findings, long frame) {
    List<Annotation> list = new ArrayList<>(findings.count());
    for (int i = 0; i < findings.count(); i++) {
      if (findings.get(i).target() == frame) {
        list.add(findings.get(i).toAnnotation());
      }
    }
    return list;
  }

  private static SegmentFacts facts(FlowSegment flow) {
    Segment segment = flow.segment();
    return new SegmentFacts(
        segment.frame(),
        segment.timestampNanos(),
        flow.sender().side(),
        segment.flags(),
        segment.seq(),
        segment.ack(),
        flow.seqRel(),
        flow.ackRel(),
        segment.payloadLength(),
        segment.windowField(),
        flow.windowBytes(),
        segment.isSyn() || flow.sender().offer().isScaleSettled(),
        flow.sender().leastWindowBytes(segment),
        options(flow),
        headers(segment),
        segment.originalLength(),
        segment.ipId(),
        segment.hopLimit(),
        segment.ecn(),
        preview(segment),
        segment.encapsulation(),
        notes(segment),
        fragments(segment),
        source(segment));
  }

  private static List<Long> fragments(Segment segment) {
    if (segment.fragments() == 0) {
      return List.of();
    }
    List<Long> frames = new ArrayList<>(segment.fragments());
    for (int i = 0; i < segment.fragments(); i++) {
      frames.add(segment.fragmentFrame(i));
    }
    return frames;
  }

  private static @Nullable SourceFrame source(Segment segment) {
    String file = segment.sourceFile();
    return file == null ? null : new SourceFrame(file, segment.sourceFrame());
  }

  private static FrameNotes notes(Segment segment) {
    String comment = segment.comment();
    String name = segment.interfaceName();
    String description = segment.interfaceDescription();
    return comment.isEmpty() && name.isEmpty() && description.isEmpty()
        ? FrameNotes.NONE
        : new FrameNotes(comment, name, description, segment.isOfSeveralInterfaces());
  }

  private static HeaderSizes headers(Segment segment) {
    LayerTrail trail = segment.layers();
    List<Layer> layers = new ArrayList<>(trail.count() + 1);
    for (int i = 0; i < trail.count(); i++) {
      layers.add(new Layer(trail.name(i), trail.length(i)));
    }
    layers.add(new Layer("TCP", segment.tcpHeaderLength()));
    return new HeaderSizes(
        segment.linkHeaderLength(),
        segment.ipHeaderLength(),
        segment.tcpHeaderLength(),
        layers,
        segment.lengthFromFrame());
  }

  private static String preview(Segment segment) {
    int length = Math.min(PREVIEW_BYTES, segment.capturedPayloadLength());
    return new String(
        segment.bytes(), segment.payloadOffset(), length, StandardCharsets.ISO_8859_1);
  }

  private static SegmentOptions options(FlowSegment flow) {
    TcpOptions options = flow.segment().options();
    return new SegmentOptions(
        options.hasMss() ? OptionalInt.of(options.mssBytes()) : OptionalInt.empty(),
        options.hasWindowScale() ? OptionalInt.of(options.windowScale()) : OptionalInt.empty(),
        options.isSackPermitted(),
        options.hasTimestamps()
            ? OptionalLong.of(Integer.toUnsignedLong(options.timestampValue()))
            : OptionalLong.empty(),
        options.hasTimestamps()
            ? OptionalLong.of(Integer.toUnsignedLong(options.timestampEcho()))
            : OptionalLong.empty(),
        options.hasFastOpen()
            ? OptionalInt.of(options.fastOpenCookieLength())
            : OptionalInt.empty(),
        multipath(options),
        sackBlocks(flow),
        options.isMalformed());
  }

  private static List<MultipathOption> multipath(TcpOptions options) {
    if (!options.hasMptcp()) {
      return List.of();
    }
    MptcpOptions mptcp = options.mptcp();
    List<MultipathOption> list = new ArrayList<>();
    for (Subtype subtype : Subtype.values()) {
      if (mptcp.has(subtype.ordinal())) {
        boolean capable = subtype == Subtype.MP_CAPABLE;
        boolean names = subtype == Subtype.MP_JOIN && mptcp.hasToken();
        boolean resets = subtype == Subtype.MP_TCPRST;
        list.add(
            new MultipathOption(
                subtype,
                capable ? OptionalInt.of(mptcp.version()) : OptionalInt.empty(),
                names ? OptionalInt.of(mptcp.token()) : OptionalInt.empty(),
                resets ? OptionalInt.of(mptcp.resetReason()) : OptionalInt.empty()));
      }
    }
    return list;
  }

  private static List<SackBlock> sackBlocks(FlowSegment flow) {
    TcpOptions options = flow.segment().options();
    if (options.sackBlocks() == 0) {
      return List.of();
    }
    List<SackBlock> blocks = new ArrayList<>(options.sackBlocks());
    for (int i = 0; i < options.sackBlocks(); i++) {
      blocks.add(
          new SackBlock(
              flow.receiver().relative(options.sackLeft(i)),
              flow.receiver().relative(options.sackRight(i))));
    }
    return blocks;
  }
}
