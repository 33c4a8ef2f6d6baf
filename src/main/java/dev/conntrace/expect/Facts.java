package dev.conntrace.expect;

import dev.conntrace.select.NearestWords;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All facts by their names. The names are those of the records' fields and of the annotations; in
 * {@code rtt.p95} a {@code _} may stand for each dot, and {@code handshake.} may be left out.
 */
public final class Facts {
  private static final String HANDSHAKE = "handshake.";

  /** By the name with {@code _} for each dot; an earlier fact keeps a name that two would have. */
  private static final Map<Scope, Map<String, Fact>> BY_NAME = new LinkedHashMap<>();

  static {
    for (Scope scope : Scope.values()) {
      Map<String, Fact> names = new LinkedHashMap<>();
      for (Fact fact : factsOf(scope)) {
        names.putIfAbsent(flat(fact.word()), fact);
      }
      for (Fact fact : factsOf(scope)) {
        if (fact.word().startsWith(HANDSHAKE)) {
          names.putIfAbsent(flat(fact.word().substring(HANDSHAKE.length())), fact);
        }
      }
      BY_NAME.put(scope, names);
    }
  }

  private Facts() {}

  /** Returns all facts that can be read from captures, connections or segments. */
  public static List<Fact> all(Scope scope) {
    return List.copyOf(new LinkedHashSet<>(names(scope).values()));
  }

  /** Returns the facts that are neither fields of records nor counts of annotations. */
  public static List<Fact> own(Scope scope) {
    List<Fact> own = new ArrayList<>();
    for (Fact fact : all(scope)) {
      boolean borrowed =
          fact instanceof FieldFact
              || (fact instanceof EventFact event && event.annotation() != null)
              || (fact instanceof TotalFact total && total.isOfAnnotation());
      if (!borrowed) {
        own.add(fact);
      }
    }
    return own;
  }

  /**
   * Returns the fact of this name.
   *
   * @throws ExpectationException if there is none; the message names the nearest
   */
  public static Fact find(Scope scope, String word) {
    Fact fact = ofWord(scope, word);
    if (fact != null) {
      return fact;
    }
    throw new ExpectationException(
        "there is no fact '"
            + word
            + "' of a "
            + scope.word()
            + NearestWords.question(word, words(scope))
            + elsewhere(scope, word)
            + " ('conntrace explain expectations' lists them all)");
  }

  /** Returns the fact of this name, or null if there is none. */
  static @Nullable Fact ofWord(Scope scope, String word) {
    return names(scope).get(flat(word));
  }

  private static Map<String, Fact> names(Scope scope) {
    return BY_NAME.getOrDefault(scope, Map.of());
  }

  private static String elsewhere(Scope scope, String word) {
    for (Scope other : Scope.values()) {
      if (other != scope && ofWord(other, word) != null) {
        return "; a " + other.word() + " has it";
      }
    }
    return "";
  }

  private static List<String> words(Scope scope) {
    List<String> words = new ArrayList<>();
    for (Fact fact : names(scope).values()) {
      words.add(fact.word());
    }
    for (Fact fact : names(scope).values()) {
      words.add(flat(fact.word()));
    }
    return words;
  }

  private static String flat(String word) {
    return word.replace('.', '_');
  }

  private static List<Fact> factsOf(Scope scope) {
    return switch (scope) {
      case CAPTURE -> ofCapture();
      case CONNECTION -> ofConnection();
      case SEGMENT -> ofSegment();
    };
  }

  private static List<Fact> ofCapture() {
    List<Fact> facts = new ArrayList<>(List.of(CaptureFact.values()));
    for (Opened opened : Opened.values()) {
      facts.add(TotalFact.of(opened));
    }
    for (Closed closed : Closed.values()) {
      facts.add(TotalFact.of(closed));
    }
    for (Problem problem : Problem.values()) {
      facts.add(TotalFact.of(problem));
    }
    for (AnnotationKind kind : AnnotationKind.values()) {
      facts.add(TotalFact.of(kind));
    }
    return facts;
  }

  private static List<Fact> ofConnection() {
    List<Fact> facts = new ArrayList<>();
    for (ConnectionField field : ConnectionField.values()) {
      facts.add(new FieldFact(field));
    }
    facts.addAll(List.of(ConnectionFact.values()));
    for (Side side : Side.values()) {
      for (DirectionFact.Kind kind : DirectionFact.Kind.values()) {
        facts.add(new DirectionFact(side, kind));
      }
    }
    addEvents(facts, null);
    for (Side side : Side.values()) {
      addEvents(facts, side);
    }
    return facts;
  }

  private static void addEvents(List<Fact> facts, @Nullable Side side) {
    for (ControlBit bit : ControlBit.values()) {
      facts.add(new EventFact(null, bit, side));
    }
    for (AnnotationKind kind : AnnotationKind.values()) {
      facts.add(new EventFact(kind, null, side));
    }
  }

  private static List<Fact> ofSegment() {
    List<Fact> facts = new ArrayList<>();
    for (PacketField field : PacketField.values()) {
      facts.add(new FieldFact(field));
    }
    return facts;
  }
}
