package dev.conntrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.trace.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came out of the assembler, as text: the bytes of a side with {@code [n]} in the place of n
 * missing ones, and everything in the order in which it was told.
 */
public final class Streamed implements StreamSink {
  private final Map<Integer, Map<Side, StringBuilder>> texts = new TreeMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<StreamGap> gaps = new ArrayList<>();
  private final List<StreamConflict> conflicts = new ArrayList<>();
  private final List<StreamAside> asides = new ArrayList<>();
  private final Map<Integer, StreamEnd> ends = new TreeMap<>();
  private final Map<StreamId, Long> positions = new HashMap<>();

  /** Plays a script as it usually is: the first copy counts. */
  public static Streamed of(String script) {
    return of(new Script(), OverlapPolicy.FIRST, StreamBounds.DEFAULT, script);
  }

  public static Streamed of(
      Script stage, OverlapPolicy policy, StreamBounds bounds, String script) {
    Streamed streamed = new Streamed();
    stage.play(script, new StreamAssembler(policy, null, bounds, streamed));
    return streamed;
  }

  @Override
  public void chunk(StreamId stream, StreamPiece piece) {
    checkPosition(stream, piece.start(), piece.end());
    String text = new String(piece.bytes(), StandardCharsets.ISO_8859_1);
    assertEquals(piece.length(), text.length());
    text(stream.connection(), stream.from()).append(text);
    log.add(stream.from().id() + " " + piece.frame() + " " + text);
  }

  @Override
  public void gap(StreamGap gap) {
    checkPosition(gap.stream(), gap.start(), gap.end());
    text(gap.stream().connection(), gap.stream().from())
        .append('[')
        .append(gap.length())
        .append(']');
    gaps.add(gap);
    log.add(gap.stream().from().id() + " gap " + gap.start() + "-" + (gap.end() - 1));
  }

  /** Positions follow each other without a break. */
  private void checkPosition(StreamId stream, long start, long end) {
    Long before = positions.put(stream, end);
    if (before != null) {
      assertEquals(before, start, () -> "a break in " + stream + "\n" + log);
    }
  }

  @Override
  public void conflict(StreamConflict conflict) {
    assertEquals(conflict.kept().length(), conflict.other().length());
    conflicts.add(conflict);
    log.add(
        conflict.stream().from().id()
            + " conflict "
            + conflict.start()
            + " "
            + text(conflict.kept())
            + " "
            + text(conflict.other()));
  }

  @Override
  public void aside(StreamAside aside) {
    asides.add(aside);
    log.add(aside.stream().from().id() + " " + aside.reason().id() + " " + text(aside.piece()));
  }

  @Override
  public void end(StreamEnd end) {
    ends.put(end.connection(), end);
  }

  private StringBuilder text(int connection, Side side) {
    return texts
        .computeIfAbsent(connection, number -> new EnumMap<>(Side.class))
        .computeIfAbsent(side, from -> new StringBuilder());
  }

  /** Returns the bytes of a piece as text. */
  static String text(StreamPiece piece) {
    return new String(piece.bytes(), StandardCharsets.ISO_8859_1);
  }

  /** Returns what the client of the first connection said. */
  String client() {
    return text(1, Side.CLIENT).toString();
  }

  /** Returns what the server of the first connection said. */
  String server() {
    return text(1, Side.SERVER).toString();
  }

  /** Returns what a side of a connection said. */
  String said(int connection, Side side) {
    return text(connection, side).toString();
  }

  /** Returns everything in order: {@code client 4 text}, {@code server gap 1-10}. */
  List<String> log() {
    return log;
  }

  List<StreamGap> gaps() {
    return gaps;
  }

  List<StreamConflict> conflicts() {
    return conflicts;
  }

  List<StreamAside> asides() {
    return asides;
  }

  StreamTotals totals(Side side) {
    return ends.get(1).from(side);
  }
}
