package dev.conntrace.expect;

import dev.conntrace.select.NearestWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one rule of a {@link RulesFile}: a subject and what is expected of it. */
final class RuleReader {
  private static final List<String> KEYS =
      List.of("name", "capture", "connection", "segment", "expect");

  private final Path file;
  private final Path folder;
  private final Consumer<RuleMistake> mistakes;
  private final List<Expectation> expectations = new ArrayList<>();
  private String name = "";

  /**
   * Prepares to read.
   *
   * @param mistakes hears of what cannot be understood
   */
  RuleReader(Path file, Consumer<RuleMistake> mistakes) {
    this.file = file;
    Path parent = file.getParent();
    this.folder = parent == null ? Path.of("") : parent;
    this.mistakes = mistakes;
  }

  /** Returns what a rule expects, as far as it can be understood. */
  List<Expectation> read(Node rule) {
    try {
      readRule(rule);
    } catch (RuleMistake e) {
      mistakes.accept(e);
    }
    return expectations;
  }

  private void readRule(Node rule) {
    Node selector = null;
    Node expect = null;
    Subject subject = Subject.capture();
    for (NodeTuple entry : entries(rule, "a rule says 'connection:' and 'expect:'")) {
      Node key = entry.getKeyNode();
      String word = text(key);
      Scope scope = Scope.of(word);
      if (word.equals("name")) {
        name = text(entry.getValueNode());
      } else if (word.equals("expect")) {
        expect = entry.getValueNode();
      } else if (scope == null) {
        throw new RuleMistake(
            key, "a rule has no '" + word + "'" + NearestWords.question(word, KEYS));
      } else if (selector != null) {
        throw new RuleMistake(key, "a rule is about one subject");
      } else {
        selector = entry.getValueNode();
        subject = Subject.of(scope);
      }
    }
    if (selector == null) {
      throw new RuleMistake(rule, "a rule is about a capture, connection or segment");
    }
    read(subject, selector, expect);
  }

  private void read(Subject all, Node selector, @Nullable Node expect) {
    Subject subject = all;
    List<NodeTuple> counts = new ArrayList<>();
    for (NodeTuple entry : isEmpty(selector) ? List.<NodeTuple>of() : criteria(selector)) {
      String word = text(entry.getKeyNode());
      if (Relation.of(word) != null) {
        counts.add(entry);
      } else {
        subject = selected(subject, word, entry);
      }
    }
    if (counts.isEmpty() && expect == null) {
      throw new RuleMistake(selector, "the rule says nothing to 'expect:'");
    }
    if (!counts.isEmpty()) {
      Bound bound = bound(new NumberFact(subject.scope(), 0), counts);
      add(subject, new NumberFact(subject.scope(), 0), bound, counts.get(0).getKeyNode());
      subject = subject.counted(bound);
    }
    if (expect != null) {
      readFacts(subject, expect);
    }
  }

  /** A criterion that cannot be understood does not keep the facts from being looked at. */
  private Subject selected(Subject subject, String word, NodeTuple entry) {
    try {
      return RuleMistake.in(
          entry.getKeyNode(), () -> subject.with(word, values(entry.getValueNode())));
    } catch (RuleMistake e) {
      mistakes.accept(e);
      return subject;
    }
  }

  private static List<NodeTuple> criteria(Node selector) {
    return entries(selector, "a subject is selected by criteria: '{port: 80}'");
  }

  private void readFacts(Subject subject, Node expect) {
    for (NodeTuple entry : entries(expect, "'expect:' holds facts: 'opened: three-way'")) {
      try {
        Node key = entry.getKeyNode();
        Fact fact = RuleMistake.in(key, () -> Expectations.fact(subject.scope(), text(key)));
        add(subject, fact, bound(fact, entry.getValueNode()), key);
      } catch (RuleMistake e) {
        mistakes.accept(e);
      }
    }
  }

  private void add(Subject subject, Fact fact, Bound bound, Node place) {
    int line = place.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    Origin origin = new Origin(file.toString(), line, name);
    expectations.add(RuleMistake.in(place, () -> new Expectation(subject, fact, bound, origin)));
  }

  private Bound bound(Fact fact, Node value) {
    BoundReader reader = new BoundReader(fact, folder);
    if (value instanceof MappingNode mapping) {
      return bound(fact, mapping.getValue());
    }
    if (value instanceof SequenceNode) {
      return RuleMistake.in(value, () -> reader.oneOf(List.of(values(value))));
    }
    if (isEmpty(value)) {
      throw new RuleMistake(
          value, "'" + fact.word() + "' must be what? Give a value, or none, or {at_most: 3}");
    }
    return RuleMistake.in(
        value,
        () ->
            standsAlone(value, fact)
                ? reader.alone(BoundReader.relation(text(value)))
                : reader.bound(Relation.EXACTLY, text(value)));
  }

  /** Of payload {@code none} is a relation, and {@code "none"} in quotes are four bytes. */
  private static boolean standsAlone(Node value, Fact fact) {
    Relation relation = Relation.of(text(value));
    return relation != null
        && relation.standsAlone()
        && !fact.words().contains(text(value))
        && ((ScalarNode) value).isPlain();
  }

  private Bound bound(Fact fact, List<NodeTuple> relations) {
    BoundReader reader = new BoundReader(fact, folder);
    Map<Relation, Node> values = new LinkedHashMap<>();
    for (NodeTuple entry : relations) {
      Node key = entry.getKeyNode();
      Relation relation = RuleMistake.in(key, () -> BoundReader.relation(text(key)));
      if (values.put(relation, entry.getValueNode()) != null) {
        throw new RuleMistake(key, "'" + relation.word() + "' is said twice");
      }
    }
    Node within = values.remove(Relation.WITHIN);
    List<Bound> bounds = new ArrayList<>();
    values.forEach((relation, value) -> bounds.add(bound(reader, relation, value, within)));
    if (bounds.isEmpty()) {
      throw new RuleMistake(
          within == null ? relations.get(0).getKeyNode() : within,
          "'within' goes with 'before' or 'after'");
    }
    return bounds.size() == 1 ? bounds.get(0) : new AllOf(bounds);
  }

  private static Bound bound(
      BoundReader reader, Relation relation, Node value, @Nullable Node within) {
    boolean isOrder = relation == Relation.BEFORE || relation == Relation.AFTER;
    if (within != null && !isOrder) {
      throw new RuleMistake(within, "'within' goes with 'before' or 'after'");
    }
    return RuleMistake.in(
        value,
        () -> {
          if (relation == Relation.ONE_OF) {
            return reader.oneOf(List.of(values(value)));
          }
          return isOrder
              ? reader.order(relation, text(value), within == null ? "" : text(within))
              : reader.bound(relation, text(value));
        });
  }

  /** Returns what a mapping holds; what it says twice would otherwise be lost once. */
  private static List<NodeTuple> entries(Node node, String otherwise) {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      throw new RuleMistake(node, otherwise);
    }
    Set<String> keys = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      if (!keys.add(key)) {
        throw new RuleMistake(entry.getKeyNode(), "'" + key + "' is said twice");
      }
    }
    return mapping.getValue();
  }

  private static boolean isEmpty(Node node) {
    return (node instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().isEmpty())
        || (node instanceof MappingNode mapping && mapping.getValue().isEmpty());
  }

  private static String[] values(Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(RuleReader::text).toArray(String[]::new);
    }
    return new String[] {text(node)};
  }

  private static String text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new RuleMistake(node, "a word or a value is expected here");
  }
}
