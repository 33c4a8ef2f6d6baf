package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The turns of phrase that sentences about differences share. */
final class DiffWords {
  /** How many runs of bytes a sentence names. */
  private static final int MOST_RUNS = 3;

  private DiffWords() {}

  /** Returns {@code A's client}. */
  static String whose(String capture, Side side) {
    return capture + "'s " + side.id();
  }

  /** Returns {@code byte 1}, {@code bytes 1-10}; {@code end} is the position after the last. */
  static String bytes(long start, long end) {
    return end - start == 1 ? "byte " + start : "bytes " + start + "-" + (end - 1);
  }

  /** Returns {@code 1 segment}, {@code 2 segments}. */
  static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** Returns what several segments are, runs of bytes joined, the first few named. */
  static String ranges(List<DiffSegment> segments) {
    List<String> runs = runs(segments);
    int named = Math.min(MOST_RUNS, runs.size());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < named; i++) {
      boolean isLast = i == runs.size() - 1;
      text.append(i == 0 ? "" : isLast ? " and " : ", ").append(runs.get(i));
    }
    if (runs.size() > named) {
      text.append(" and ").append(runs.size() - named).append(" more");
    }
    return text.toString();
  }

  private static List<String> runs(List<DiffSegment> segments) {
    Map<String, Integer> runs = new LinkedHashMap<>();
    int first = 0;
    while (first < segments.size()) {
      int last = first;
      while (last + 1 < segments.size() && follows(segments.get(last), segments.get(last + 1))) {
        last++;
      }
      DiffSegment begin = segments.get(first);
      String run = last == first ? begin.words() : bytes(begin.start(), segments.get(last).end());
      runs.merge(run, 1, Integer::sum);
      first = last + 1;
    }
    List<String> words = new ArrayList<>();
    runs.forEach((run, times) -> words.add(times == 1 ? run : run + " " + times + " times"));
    return words;
  }

  private static boolean follows(DiffSegment one, DiffSegment next) {
    return one.length() > 0 && next.length() > 0 && next.start() == one.end();
  }

  /** Returns the frames of the first few. */
  static List<Long> frames(List<DiffSegment> segments) {
    List<Long> frames = new ArrayList<>();
    for (DiffSegment segment : segments) {
      if (frames.size() < Difference.MAX_FRAMES) {
        frames.add(segment.frame());
      }
    }
    return frames;
  }
}
