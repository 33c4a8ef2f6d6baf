package dev.conntrace.expect;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file of rules in YAML: a list of subjects, each with what is expected of it.
 *
 * <pre>{@code
 * - connection: {port: 6573, pick: all}
 *   expect: {opened: three-way, retransmission: {at_most: 0}, rtt_p95: {at_most: 50 ms}}
 * }</pre>
 *
 * <p>{@code src/docs/verify.md} describes the grammar.
 */
public final class RulesFile {
  /** Rules nest five deep; what nests without end would overflow the stack. */
  private static final int MOST_NESTED = 20;

  private final Path file;
  private final List<String> mistakes = new ArrayList<>();

  private RulesFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the expectations of a file; relative paths in it begin at its folder.
   *
   * @throws IOException if it cannot be read
   * @throws ExpectationException if it has mistakes: the message has a line for each, with file,
   *     line, column and the nearest right word
   */
  public static List<Expectation> read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ExpectationException(file + ": is not UTF-8 text");
    }
    RulesFile rules = new RulesFile(file);
    List<Expectation> expectations = rules.expectations(text);
    if (!rules.mistakes.isEmpty()) {
      throw new ExpectationException(String.join("\n", rules.mistakes));
    }
    return expectations;
  }

  private List<Expectation> expectations(String text) {
    List<Expectation> expectations = new ArrayList<>();
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    try {
      if (isTooDeep(text, settings)) {
        return expectations;
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isPresent() && root.get() instanceof SequenceNode rules) {
        for (Node rule : rules.getValue()) {
          expectations.addAll(new RuleReader(file, this::note).read(rule));
        }
      } else {
        mistakes.add(file + ": is no list of rules: begin each with '- connection:'");
      }
    } catch (MarkedYamlEngineException e) {
      note(e.getProblemMark().or(e::getContextMark), String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      mistakes.add(file + ": " + e.getMessage());
    }
    if (mistakes.isEmpty() && expectations.isEmpty()) {
      mistakes.add(file + ": expects nothing");
    }
    return expectations;
  }

  private boolean isTooDeep(String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > MOST_NESTED) {
        note(
            event.getStartMark(),
            "lists and mappings nest too deep: rules are not deeper than five");
        return true;
      }
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
    }
    return false;
  }

  /** One mistake does not keep the others from being found. */
  private void note(RuleMistake mistake) {
    note(mistake.node().getStartMark(), String.valueOf(mistake.getMessage()));
  }

  private void note(Optional<Mark> mark, String what) {
    String place = mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1)).orElse("");
    mistakes.add(file + place + ": " + what);
  }
}
