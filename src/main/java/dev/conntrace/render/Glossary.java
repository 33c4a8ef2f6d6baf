package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.TcpState;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Every word that can be explained. What the results are made of explains itself; concepts and the
 * fields of records are in {@code glossary.txt}.
 */
final class Glossary {
  /**
   * One explanation.
   *
   * @param kind what sort of word it is
   * @param names the words, as records and people write them
   * @param title a few words that name it; may be empty
   * @param text what it means
   * @param reference where to read more; may be empty
   */
  record Entry(String kind, List<String> names, String title, String text, String reference) {

    /** Returns whether one of the names is {@code word}, however it is written. */
    boolean has(String word) {
      for (String name : names) {
        if (normal(name).equals(word)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final String FILE = "glossary.txt";
  private static final String SEE = "see ";

  private final List<Entry> entries = new ArrayList<>();

  /** Reads the glossary. */
  Glossary() throws IOException {
    addResults();
    try (InputStream in = Glossary.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new FileNotFoundException(FILE);
      }
      read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    }
  }

  List<Entry> entries() {
    return entries;
  }

  /** Returns all that a word means; empty if it is unknown. */
  List<Entry> find(String word) {
    String wanted = normal(word);
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.has(wanted)) {
        found.add(entry);
      }
    }
    return found;
  }

  /**
   * Returns a word in the form in which words are compared: {@code TIME_WAIT} is {@code time-wait}.
   */
  static String normal(String word) {
    StringBuilder text = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        text.append((char) (c + 'a' - 'A'));
      } else {
        text.append(c == '_' || c == ' ' ? '-' : c);
      }
    }
    return text.toString();
  }

  private void addResults() {
    for (AnnotationKind kind : AnnotationKind.values()) {
      String group = "annotation: " + kind.group().title();
      entries.add(
          new Entry(group, List.of(kind.id()), kind.title(), kind.explanation(), kind.reference()));
    }
    for (TcpState state : TcpState.values()) {
      add("state of an endpoint", state.name(), state.meaning(), "RFC 9293 3.3.2");
    }
    for (Opened opened : Opened.values()) {
      add("how a connection opened", opened.id(), opened.words(), "RFC 9293 3.5");
    }
    for (Closed closed : Closed.values()) {
      add("how a connection closed", closed.id(), closed.words(), "RFC 9293 3.6");
    }
    for (CaptureQuality.Problem problem : CaptureQuality.Problem.values()) {
      add("capture quality", problem.id(), problem.words(), "");
    }
    for (RoleEvidence evidence : RoleEvidence.values()) {
      add("why the client is called so", evidence.id(), evidence.words(), "");
    }
  }

  private void add(String kind, String name, String words, String reference) {
    String sentence = Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    entries.add(new Entry(kind, List.of(name), "", sentence, reference));
  }

  private void read(BufferedReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = reader.readLine();
    while (line != null) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        lines.add(line);
      } else {
        addEntry(lines);
      }
      line = reader.readLine();
    }
    addEntry(lines);
  }

  private void addEntry(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    String head = lines.get(0);
    int blank = head.indexOf(' ');
    List<String> names = new ArrayList<>();
    int from = blank + 1;
    while (from < head.length()) {
      int comma = head.indexOf(", ", from);
      int to = comma < 0 ? head.length() : comma;
      names.add(head.substring(from, to));
      from = to + 2;
    }
    boolean sees = lines.get(1).startsWith(SEE);
    String kind = head.substring(0, blank);
    String text = String.join(" ", lines.subList(sees ? 2 : 1, lines.size()));
    String reference = sees ? lines.get(1).substring(SEE.length()) : "";
    entries.add(new Entry(kindInWords(kind), List.copyOf(names), "", text, reference));
    lines.clear();
  }

  private static String kindInWords(String kind) {
    return kind.equals("field")
        ? "field of the records"
        : kind.equals("value") ? "value in records" : kind;
  }
}
