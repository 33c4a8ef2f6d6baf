package dev.conntrace.script;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.TcpState;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads one line of segment notation: {@code +.010 > P. 1:11(10) ack 1 win 512 <mss 1460,sackOK>}.
 *
 * <p>Beyond what {@code SegmentNotation} prints, a line may say {@code [2]} behind the time (which
 * connection), {@code id 17}, {@code ttl 63}, {@code ecn 3} (or {@code ce}), {@code urg 5}, {@code
 * snap 54}, a payload {@code "Data here!"}, behind a {@code |} which states client and server are
 * in after it, and behind another exactly which annotations it has.
 */
final class LineParser {
  private static final int NANO_DIGITS = 9;

  private final ScriptedSegment segment = new ScriptedSegment();
  private String rest;

  private LineParser(String line) {
    rest = line;
  }

  static ScriptedSegment parse(String line) {
    try {
      LineParser parser = new LineParser(line);
      parser.read();
      return parser.segment;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not segment notation: " + line, e);
    }
  }

  private void read() {
    takeExpectations();
    takeText();
    takeTime();
    takeConnection();
    takeDirection();
    takeOptions();
    Deque<String> words = new ArrayDeque<>(Arrays.asList(rest.strip().split("\\s+")));
    segment.flags = flags(words.removeFirst());
    takeRange(words.removeFirst());
    while (!words.isEmpty()) {
      takeField(words);
    }
  }

  /** Behind the first bar stand states, behind the second annotations. */
  private void takeExpectations() {
    String[] parts = rest.split("\\|", -1);
    rest = parts[0];
    if (parts.length > 1 && !parts[1].isBlank()) {
      String[] states = parts[1].strip().split("\\s+", -1);
      segment.states = List.of(TcpState.valueOf(states[0]), TcpState.valueOf(states[1]));
    }
    if (parts.length > 2) {
      segment.annotations = kinds(parts[2]);
    }
  }

  private static Set<AnnotationKind> kinds(String ids) {
    Set<AnnotationKind> kinds = EnumSet.noneOf(AnnotationKind.class);
    for (String id : ids.strip().split("[ ,]+", -1)) {
      if (!id.isEmpty()) {
        kinds.add(Objects.requireNonNull(AnnotationKind.ofId(id), id));
      }
    }
    return kinds;
  }

  private void takeText() {
    int open = rest.indexOf('"');
    if (open >= 0) {
      int close = rest.indexOf('"', open + 1);
      segment.text = rest.substring(open + 1, close);
      rest = rest.substring(0, open) + rest.substring(close + 1);
    }
  }

  private void takeTime() {
    String time = takeWord();
    if (!time.startsWith("+") && !time.startsWith("-")) {
      throw new IllegalArgumentException("a line begins with the time since the line before");
    }
    segment.sinceNanos = new BigDecimal(time).movePointRight(NANO_DIGITS).longValueExact();
  }

  private String takeWord() {
    rest = rest.stripLeading();
    int end = 0;
    while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
      end++;
    }
    String word = rest.substring(0, end);
    rest = rest.substring(end);
    return word;
  }

  private void takeConnection() {
    if (rest.stripLeading().startsWith("[")) {
      String word = takeWord();
      segment.connection = Integer.parseInt(word.substring(1, word.length() - 1));
    }
  }

  private void takeDirection() {
    segment.fromClient =
        switch (takeWord()) {
          case ">" -> true;
          case "<" -> false;
          default -> throw new IllegalArgumentException("neither > nor <");
        };
  }

  private void takeOptions() {
    int open = rest.indexOf('<');
    if (open < 0) {
      return;
    }
    int close = rest.indexOf('>', open);
    for (String option : rest.substring(open + 1, close).split(",", -1)) {
      takeOption(Arrays.asList(option.strip().split("[ :]+", -1)));
    }
    rest = rest.substring(0, open) + rest.substring(close + 1);
  }

  private void takeOption(List<String> words) {
    List<Long> numbers = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (!word.equals("val") && !word.equals("ecr")) {
        numbers.add(Long.parseLong(word));
      }
    }
    segment.options.add(words.get(0), numbers);
  }

  /** The letters that packets are built with: {@code A} for the dot, nothing for the dash. */
  private static String flags(String notation) {
    return notation.replace('.', 'A').replace("-", "");
  }

  private void takeRange(String range) {
    int colon = range.indexOf(':');
    int open = range.indexOf('(');
    segment.begin = Long.parseLong(range.substring(0, colon));
    segment.length = Integer.parseInt(range.substring(open + 1, range.length() - 1));
    segment.checkEnd(Long.parseLong(range.substring(colon + 1, open)));
    if (!segment.text.isEmpty() && segment.text.length() != segment.length) {
      throw new IllegalArgumentException("the text has " + segment.text.length() + " bytes");
    }
  }

  private void takeField(Deque<String> words) {
    String name = words.removeFirst();
    switch (name) {
      case "ack" -> {
        segment.hasAck = true;
        segment.ack = Long.parseLong(words.removeFirst());
      }
      case "win" -> segment.window = Integer.parseInt(words.removeFirst());
      case "id" -> segment.ipId = Integer.parseInt(words.removeFirst());
      case "ttl" -> segment.ttl = Integer.parseInt(words.removeFirst());
      case "ecn" -> segment.ecn = Integer.parseInt(words.removeFirst());
      case "ce" -> segment.ecn = 3;
      case "urg" -> segment.urgentPointer = Integer.parseInt(words.removeFirst());
      case "snap" -> segment.snapBytes = Integer.parseInt(words.removeFirst());
      case "checksum" -> segment.checksum = words.removeFirst();
      case "if" -> segment.interfaceIndex = Integer.parseInt(words.removeFirst());
      default -> throw new IllegalArgumentException("no field is called " + name);
    }
  }
}
