package dev.conntrace.select;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text as it was written; of a quoted text what the quotes hold
 * @param at how many characters of the expression stand before it
 */
record Token(Kind kind, String text, int at) {
  /** What a piece can be. */
  enum Kind {
    /** A name, a value without quotes, or one of the words that operators are made of. */
    WORD,
    QUOTED,
    COMPARISON,
    AND,
    OR,
    NOT,
    OPEN,
    CLOSE,
    COMMA,
    /** Two dots. */
    TO,
    END
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Returns whether it can be a value. */
  boolean isValue() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** Returns the piece for a message. */
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
