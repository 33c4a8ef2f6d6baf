package dev.conntrace.expect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a fact is held against a value. */
public enum Relation {
  EXACTLY("exactly", "=="),
  NOT("not", "!="),
  AT_MOST("at_most", "<="),
  AT_LEAST("at_least", ">="),
  LESS_THAN("less_than", "<"),
  MORE_THAN("more_than", ">"),
  ONE_OF("one_of", ""),
  CONTAINS("contains", ""),
  STARTS_WITH("starts_with", ""),
  EQUALS_FILE("equals_file", ""),
  BEFORE("before", ""),
  AFTER("after", ""),
  WITHIN("within", ""),
  NONE("none", ""),
  SOME("some", ""),
  ABSENT("absent", ""),
  PRESENT("present", "");

  private final String word;
  private final String sign;

  Relation(String word, String sign) {
    this.word = word;
    this.sign = sign;
  }

  /** Returns the word of rules. */
  public String word() {
    return word;
  }

  /** Returns the word for readers: {@code at most}. */
  String spoken() {
    return word.replace('_', ' ');
  }

  /** Returns the sign that {@code --where} writes; empty if it has none. */
  String sign() {
    return sign;
  }

  /** Returns whether no value follows. */
  boolean standsAlone() {
    return this == NONE || this == SOME || this == ABSENT || this == PRESENT;
  }

  /** Returns the relation of this word or sign, or null if there is none. */
  static @Nullable Relation of(String word) {
    for (Relation relation : values()) {
      if (relation.word.equals(word) || (!relation.sign.isEmpty() && relation.sign.equals(word))) {
        return relation;
      }
    }
    return null;
  }

  /** Returns the words of all. */
  static List<String> all() {
    List<String> words = new ArrayList<>();
    for (Relation relation : values()) {
      words.add(relation.word);
    }
    return words;
  }
}
