package dev.conntrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conntrace.samples.EveryStream;
import dev.conntrace.select.Reported;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any order of any pieces as a byte stream, held against a memory of every byte that came: what is
 * delivered came, once, in order, as the policy says, and a gap is where nothing had come.
 */
class StreamFuzzTest {
  private static final ConnectionKey KEY = Reported.key(5000, 80);
  private static final int SEGMENT_BYTES = 6;
  private static final int MAX_SEGMENTS = 100;
  private static final long FAR = 1L << 31;

  /** Steps of 0, 1, 60 or 300 ms: patience is 200. */
  private static final long[] STEPS_NANOS = {0, 1_000_000, 60_000_000, 300_000_000};

  static Stream<byte[]> orders() {
    return Stream.of(
        new byte[] {1, 0, 0, 0, 0, 0, 0, 1, 9, 0, 0, 0, 0, 10, 9, 0, 0, 0, 2, 0, 19, 0, 0, 0},
        new byte[] {0, 20, 9, 0, 0, 0, 0, 10, 20, 1, 0, 0, 0, 1, 9, 2, 0, 3, 2, 0, 40, 0, 0, 3},
        new byte[] {1, 0, 0, 0, 0, 0, 0, 50, 30, 0, 5, 0, 2, 0, 9, 0, 0, 1, 4, 80, 3, 0, 0, 1});
  }

  @MethodSource("orders")
  @FuzzTest
  void deliversWhatCame(byte[] input) {
    for (OverlapPolicy policy : OverlapPolicy.values()) {
      for (StreamBounds bounds : List.of(StreamBounds.DEFAULT, new StreamBounds(999, 60, 1500))) {
        play(input, policy, bounds);
      }
    }
  }

  private static void play(byte[] input, OverlapPolicy policy, StreamBounds bounds) {
    EveryStream whole = new EveryStream();
    Memory memory = new Memory(policy, whole);
    StreamAssembler assembler = new StreamAssembler(policy, null, bounds, memory);
    ByteBuffer left = ByteBuffer.wrap(input);
    Segment segment = new Segment();
    while (left.remaining() >= SEGMENT_BYTES && segment.frame < MAX_SEGMENTS) {
      segment.read(left);
      memory.note(segment);
      assembler.payload(segment);
    }
    assembler.on(new ConnectionClosed(Reported.connection(1, KEY, 0, Map.of())));
    assertEquals(segment.frame == 0 ? 0 : 1, whole.ended());
  }

  /**
   * One segment from the client, or an acknowledgement for it.
   *
   * <pre>
   *  0 bit 0: SYN, 1: ACK alone, 2: FIN, 3: window probe, 4: snapped, 5: far away, 6: no time
   *  1 position
   *  2 length
   *  3 what the payload is made from
   *  4 multiplier of the position
   *  5 bits 0-1: time since the one before
   * </pre>
   */
  private static final class Segment implements SegmentPayload {
    private long frame;
    private long nanos = 1_700_000_000_000_000_000L;
    private int kind;
    private long position;
    private byte[] bytes = {};
    private int captured;
    private boolean hasAcknowledged;
    private long acknowledged;

    void read(ByteBuffer from) {
      kind = from.get();
      position = (from.get() & 0xFF) + (has(5) ? FAR : 0);
      int length = from.get() & 0x7F;
      int content = from.get();
      position += 64L * (from.get() & 0xFF);
      nanos += STEPS_NANOS[from.get() & 3];
      frame++;
      if (has(1)) {
        hasAcknowledged = true;
        acknowledged = Math.max(acknowledged, position + length);
        length = 0;
      }
      bytes = new byte[has(3) ? Math.min(1, length) : length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (position + i + content);
      }
      captured = has(4) ? bytes.length / 2 : bytes.length;
    }

    private boolean has(int bit) {
      return (kind >> bit & 1) != 0;
    }

    @Override
    public int connection() {
      return 1;
    }

    @Override
    public ConnectionKey key() {
      return KEY;
    }

    @Override
    public Side from() {
      return has(1) ? Side.SERVER : Side.CLIENT;
    }

    @Override
    public Side to() {
      return from().opposite();
    }

    @Override
    public long frame() {
      return frame;
    }

    @Override
    public long timestampNanos() {
      return has(6) ? SegmentFacts.NO_TIMESTAMP : nanos;
    }

    @Override
    public Standing standing() {
      return has(3) ? Standing.WINDOW_PROBE : Standing.STREAM;
    }

    @Override
    public boolean isSyn() {
      return has(0);
    }

    @Override
    public boolean isFin() {
      return has(2);
    }

    @Override
    public long firstByteRel() {
      return has(1) ? 1 : position;
    }

    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public int capturedLength() {
      return captured;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public boolean hasAcknowledged() {
      return has(1) && hasAcknowledged;
    }

    @Override
    public long acknowledgedRel() {
      return acknowledged;
    }
  }

  /** Every byte that came, and a check of each that goes out. */
  private static final class Memory implements StreamSink {
    private final OverlapPolicy policy;
    private final StreamSink next;
    private final Map<Long, Byte> firsts = new HashMap<>();
    private final TreeMap<Long, Set<Byte>> all = new TreeMap<>();

    Memory(OverlapPolicy policy, StreamSink next) {
      this.policy = policy;
      this.next = next;
    }

    void note(Segment segment) {
      for (int i = 0; i < segment.captured; i++) {
        long at = segment.position + i;
        firsts.putIfAbsent(at, segment.bytes[i]);
        all.computeIfAbsent(at, none -> new HashSet<>()).add(segment.bytes[i]);
      }
    }

    @Override
    public void chunk(StreamId stream, StreamPiece piece) throws IOException {
      for (int i = 0; i < piece.length(); i++) {
        long at = piece.start() + i;
        assertTrue(all.getOrDefault(at, Set.of()).contains(piece.bytes()[i]), "made up: " + at);
        if (policy == OverlapPolicy.FIRST) {
          assertEquals(firsts.get(at), piece.bytes()[i], "not the first copy: " + at);
        }
      }
      next.chunk(stream, piece);
    }

    @Override
    public void gap(StreamGap gap) throws IOException {
      Map<Long, Set<Byte>> came = all.subMap(gap.start(), gap.end());
      assertTrue(came.isEmpty(), () -> "missing, but it came: " + came.keySet());
      next.gap(gap);
    }

    @Override
    public void conflict(StreamConflict conflict) throws IOException {
      for (StreamPiece piece : List.of(conflict.kept(), conflict.other())) {
        for (int i = 0; i < piece.length(); i++) {
          assertTrue(all.get(piece.start() + i).contains(piece.bytes()[i]), "a made up copy");
        }
      }
      next.conflict(conflict);
    }

    @Override
    public void aside(StreamAside aside) throws IOException {
      next.aside(aside);
    }

    @Override
    public void end(StreamEnd end) throws IOException {
      next.end(end);
    }
  }
}
