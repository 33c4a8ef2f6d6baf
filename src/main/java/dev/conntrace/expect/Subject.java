package dev.conntrace.expect;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.NearestWords;
import dev.conntrace.select.SegmentRange;
import dev.conntrace.select.SelectionException;
import dev.conntrace.select.Where;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at: the capture, or those of its connections or segments that fit. The words of
 * the selector are those of the command line's selection options.
 */
public final class Subject {
  private static final String NUMBER = "number";
  private static final String PICK = "pick";
  private static final List<String> OF_CONNECTIONS =
      List.of(NUMBER, "client", "server", "port", "with", "where", PICK);
  private static final List<String> OF_SEGMENTS =
      List.of(
          NUMBER, "client", "server", "port", "with", "where", "frames", "side", "since", "until",
          PICK);

  private final Scope scope;
  private final Map<String, List<String>> criteria;
  private final Pick pick;
  private final @Nullable Bound count;

  private Subject(
      Scope scope, Map<String, List<String>> criteria, Pick pick, @Nullable Bound count) {
    this.scope = scope;
    this.criteria = criteria;
    this.pick = pick;
    this.count = count;
  }

  /** Returns everything of a kind. */
  static Subject of(Scope scope) {
    return new Subject(scope, Map.of(), Pick.ALL, null);
  }

  /** Returns the capture itself. */
  public static Subject capture() {
    return of(Scope.CAPTURE);
  }

  /** Returns every connection. */
  public static Subject connections() {
    return of(Scope.CONNECTION);
  }

  /** Returns the connection of this number. */
  public static Subject connection(int number) {
    return connections().with(NUMBER, Integer.toString(number));
  }

  /** Returns every segment. */
  public static Subject segments() {
    return of(Scope.SEGMENT);
  }

  /**
   * Returns the subject that fits one more criterion; several values of one criterion are
   * alternatives.
   *
   * @param criterion {@code number}, {@code client}, {@code server}, {@code port}, {@code with},
   *     {@code where} or {@code pick}; of segments also {@code frames}, {@code side}, {@code
   *     since}, {@code until}
   * @throws ExpectationException if one cannot be understood
   */
  public Subject with(String criterion, String... values) {
    List<String> known = known(scope);
    if (!known.contains(criterion)) {
      throw new ExpectationException(
          known.isEmpty()
              ? "a capture has no selector: '" + criterion + "'"
              : "there is no '"
                  + criterion
                  + "' to select by"
                  + NearestWords.question(criterion, known)
                  + " ("
                  + String.join(", ", known)
                  + ")");
    }
    if (criterion.equals(PICK)) {
      return new Subject(scope, criteria, pick(values), count);
    }
    Map<String, List<String>> more = new LinkedHashMap<>(criteria);
    List<String> all = new ArrayList<>(more.getOrDefault(criterion, List.of()));
    all.addAll(List.of(values));
    more.put(criterion, List.copyOf(all));
    Subject subject = new Subject(scope, more, pick, count);
    subject.selection();
    return subject;
  }

  /** Returns the same subject, of which nothing need fit where its number may be 0. */
  Subject counted(Bound number) {
    return new Subject(scope, criteria, pick, number);
  }

  /** Returns whether it is well that nothing in {@code trace} fits. */
  boolean mayBeMissing(Trace trace) {
    return count != null
        && count.judge(new NumberFact(scope, 0), new Observed(trace, null, null)).verdict()
            == Verdict.PASSED;
  }

  private static Pick pick(String... values) {
    Pick pick = values.length == 1 ? Pick.of(values[0]) : null;
    if (pick == null) {
      String given = String.join(", ", values);
      throw new ExpectationException(
          "pick is " + String.join(", ", Pick.all()) + ", not '" + given + "'");
    }
    return pick;
  }

  /** Returns the words that a subject of this kind can be selected by. */
  static List<String> known(Scope scope) {
    return switch (scope) {
      case CAPTURE -> List.of();
      case CONNECTION -> OF_CONNECTIONS;
      case SEGMENT -> OF_SEGMENTS;
    };
  }

  /** Returns what is looked at. */
  public Scope scope() {
    return scope;
  }

  /** Returns of which of those that fit something is expected. */
  public Pick pick() {
    return pick;
  }

  /** Returns whether what fits depends on single segments. */
  boolean asksSegments() {
    return scope == Scope.SEGMENT || criteria.containsKey("where");
  }

  /** Returns it as {@code --that} takes it: {@code connection port 6573,80 where "rtt > 1s"}. */
  public String words() {
    StringBuilder words = new StringBuilder(scope.word());
    criteria.forEach(
        (word, values) -> {
          boolean plain = values.stream().noneMatch(Subject::needsQuotes);
          for (String value : plain ? List.of(String.join(",", values)) : values) {
            words.append(' ').append(word).append(' ').append(plain ? value : quoted(value));
          }
        });
    if (pick != Pick.ALL) {
      words.append(" pick ").append(pick.word());
    }
    return words.toString();
  }

  private static boolean needsQuotes(String value) {
    return value.isEmpty()
        || value.endsWith(":")
        || value.chars().anyMatch(c -> Character.isWhitespace(c) || c == ',' || c == '"');
  }

  private static String quoted(String value) {
    char quote = value.indexOf('"') < 0 ? '"' : '\'';
    return quote + value + quote;
  }

  /** Returns everything that fits, in the order of the capture; {@link #pick} is not looked at. */
  List<Observed> in(Trace trace) {
    if (scope == Scope.CAPTURE) {
      return List.of(new Observed(trace, null, null));
    }
    ConnectionSelection selection = surveyed(trace);
    List<Observed> fitting = new ArrayList<>();
    for (ConnectionTrace connection : trace.connections()) {
      if (scope == Scope.CONNECTION) {
        if (selection.includes(connection.report())) {
          fitting.add(new Observed(trace, connection, null));
        }
      } else {
        for (SegmentSeen segment : connection.segments()) {
          if (selection.includes(segment)) {
            fitting.add(new Observed(trace, connection, segment));
          }
        }
      }
    }
    if (scope == Scope.SEGMENT) {
      fitting.sort((left, right) -> Long.compare(frame(left), frame(right)));
    }
    return fitting;
  }

  private static long frame(Observed observed) {
    return observed.inSegment().segment().frame();
  }

  /** Returns the selection after it has seen whatever it must of the capture. */
  private ConnectionSelection surveyed(Trace trace) {
    ConnectionSelection selection = selection();
    selection.begin(trace.startNanos());
    TraceSink survey = selection.survey();
    while (survey != null) {
      trace.replay(survey);
      survey = selection.survey();
    }
    return selection;
  }

  private ConnectionSelection selection() {
    boolean segments = scope == Scope.SEGMENT;
    try {
      ConnectionSelection selection =
          new ConnectionSelection(of(NUMBER), of("client"), of("server"), of("port"), of("with"));
      SegmentRange range = new SegmentRange(of("frames"), of("side"), of("since"), of("until"));
      return selection.narrow(where(segments), range, segments);
    } catch (SelectionException e) {
      throw new ExpectationException(e);
    }
  }

  private @Nullable Where where(boolean segments) throws SelectionException {
    List<String> expressions = of("where");
    if (expressions.isEmpty()) {
      return null;
    }
    String any = "(" + String.join(") or (", expressions) + ")";
    String expression = expressions.size() == 1 ? expressions.get(0) : any;
    return segments ? Where.ofPackets(expression) : Where.ofConnections(expression);
  }

  private List<String> of(String criterion) {
    return criteria.getOrDefault(criterion, List.of());
  }
}
