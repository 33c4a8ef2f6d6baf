package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two captures.
 *
 * @param aspect what it is about
 * @param firstConnection the connection's number in the first capture; 0 if it has none
 * @param secondConnection its number in the second capture; 0 if it has none
 * @param side whose doing it is; null where it is both sides'
 * @param text the difference as a sentence, without a full stop
 * @param firstFrames frames of the first capture that show it, the first few
 * @param secondFrames frames of the second capture that show it
 */
public record Difference(
    DiffAspect aspect,
    int firstConnection,
    int secondConnection,
    @Nullable Side side,
    String text,
    List<Long> firstFrames,
    List<Long> secondFrames) {
  /** How many frames are named of each capture. */
  public static final int MAX_FRAMES = 4;
}
