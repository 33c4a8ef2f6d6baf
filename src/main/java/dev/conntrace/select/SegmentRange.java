package dev.conntrace.select;

import dev.conntrace.select.FieldTest.Question;
import dev.conntrace.trace.field.PacketField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which segments are wanted by their place in the capture and by who sent them. */
public final class SegmentRange {
  private final List<Condition> conditions = new ArrayList<>();
  private boolean isRelative;

  /**
   * Reads a range from the words of its options; an empty list is an option not given.
   *
   * @param frames numbers of frames: {@code 10-20,30}
   * @param sides {@code client} or {@code server}
   * @param since times of which the last counts: the first one wanted
   * @param until times of which the last counts: the last one wanted
   * @throws SelectionException if one cannot be understood
   */
  public SegmentRange(
      List<String> frames, List<String> sides, List<String> since, List<String> until)
      throws SelectionException {
    if (!frames.isEmpty()) {
      add(PacketField.FRAME, new Matcher.Among(new NumberRanges("frame", frames)));
    }
    for (String side : sides) {
      if (!side.equals("client") && !side.equals("server")) {
        throw new SelectionException("--side is client or server, not '" + side + "'");
      }
      add(PacketField.FROM, new Matcher.Same(side));
    }
    addTime(since, Operator.AT_LEAST);
    addTime(until, Operator.AT_MOST);
  }

  /** Returns the condition for a segment; null if nothing was asked for. */
  @Nullable Where where() {
    return conditions.isEmpty()
        ? null
        : new Where(new Condition.All(conditions), true, false, isRelative);
  }

  private void addTime(List<String> times, Operator operator) throws SelectionException {
    if (times.isEmpty()) {
      return;
    }
    Quantity time = Quantities.time(times.get(times.size() - 1));
    isRelative |= time.isRelative();
    add(PacketField.TIME, new Matcher.Compared(operator, time));
  }

  private void add(PacketField field, Matcher matcher) {
    conditions.add(new FieldTest(new Operand.OfPacket(field), Question.FITS, matcher, 0));
  }
}
