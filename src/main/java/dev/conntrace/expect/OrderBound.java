package dev.conntrace.expect;

import dev.conntrace.trace.Durations;
import dev.conntrace.trace.SegmentFacts;

/**
 * Whether something happened on a connection before or after something else. Both must have
 * happened; of each the first time counts.
 *
 * @param words it in words
 * @param other what it is held against
 * @param before whether it must come before {@code other}, not after
 * @param withinNanos how far apart they may be; {@link Long#MAX_VALUE} for any time
 */
record OrderBound(String words, EventFact other, boolean before, long withinNanos)
    implements Bound {
  @Override
  public Judgement judge(Fact fact, Observed observed) {
    ConnectionTally tally = observed.inConnection().tally();
    Occurrences mine = ((EventFact) fact).in(tally);
    Occurrences others = other.in(tally);
    if (mine.count() == 0 || others.count() == 0) {
      String missing = mine.count() == 0 ? fact.word() : other.word();
      long frame = mine.count() == 0 ? others.firstFrame() : mine.firstFrame();
      return Judgement.of(false, missing + " never happened", frame);
    }
    Occurrences first = before ? mine : others;
    Occurrences second = before ? others : mine;
    String frames =
        fact.word()
            + " in frame "
            + mine.firstFrame()
            + ", "
            + other.word()
            + " in frame "
            + others.firstFrame();
    if (first.firstFrame() >= second.firstFrame()) {
      return Judgement.of(false, frames, mine.firstFrame());
    }
    return withinNanos == Long.MAX_VALUE
        ? Judgement.of(true, frames, mine.firstFrame())
        : inTime(first, second, frames, mine.firstFrame());
  }

  private Judgement inTime(Occurrences first, Occurrences second, String frames, long frame) {
    if (first.firstNanos() == SegmentFacts.NO_TIMESTAMP
        || second.firstNanos() == SegmentFacts.NO_TIMESTAMP) {
      return new Judgement(Verdict.INCONCLUSIVE, "the capture has no times", frame);
    }
    long apart = second.firstNanos() - first.firstNanos();
    return Judgement.of(
        apart <= withinNanos, frames + ", " + Durations.text(apart) + " apart", frame);
  }
}
