package dev.conntrace.select;

import dev.conntrace.select.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an expression apart.
 *
 * <p>A word goes on until a blank, a quote, an operator, a bracket, a comma or two dots, so that
 * addresses, times and ids need no quotes.
 */
final class Lexer {
  private static final int MOST_SHOWN = 60;

  private final String text;
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  /**
   * Returns the pieces, the last one of kind {@link Kind#END}.
   *
   * @throws SelectionException if a quote has no end, or an operator is none
   */
  List<Token> tokens() throws SelectionException {
    List<Token> tokens = new ArrayList<>();
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        tokens.add(new Token(Kind.END, "", at));
        return tokens;
      }
      tokens.add(next(text.charAt(at)));
    }
  }

  /** Returns what is wrong and where: a caret stands before the place. */
  static SelectionException mistake(String what, String expression, int at) {
    int from = Math.max(0, at - MOST_SHOWN);
    int to = Math.min(expression.length(), at + MOST_SHOWN);
    return new SelectionException(
        what
            + " (at the ^ in: "
            + (from > 0 ? "..." : "")
            + expression.substring(from, at)
            + '^'
            + expression.substring(at, to)
            + (to < expression.length() ? "..." : "")
            + ")");
  }

  private Token next(char c) throws SelectionException {
    return switch (c) {
      case '(', '{' -> take(Kind.OPEN, 1);
      case ')', '}' -> take(Kind.CLOSE, 1);
      case ',' -> take(Kind.COMMA, 1);
      case '"', '\'' -> quoted(c);
      case '<', '>' -> take(Kind.COMPARISON, isNext('=') ? 2 : 1);
      case '!' -> isNext('=') ? take(Kind.COMPARISON, 2) : take(Kind.NOT, 1);
      case '=' -> doubled('=', Kind.COMPARISON);
      case '&' -> doubled('&', Kind.AND);
      case '|' -> doubled('|', Kind.OR);
      default -> c == '.' && isNext('.') ? take(Kind.TO, 2) : word();
    };
  }

  private Token doubled(char c, Kind kind) throws SelectionException {
    if (!isNext(c)) {
      throw mistake("a single '" + c + "' means nothing: write " + c + c, text, at);
    }
    return take(kind, 2);
  }

  private Token take(Kind kind, int length) {
    Token token = new Token(kind, text.substring(at, at + length), at);
    at += length;
    return token;
  }

  private Token word() {
    int end = at + 1;
    while (end < text.length() && !endsWord(end)) {
      end++;
    }
    String word = text.substring(at, end);
    Kind kind =
        switch (word) {
          case "and" -> Kind.AND;
          case "or" -> Kind.OR;
          case "not" -> Kind.NOT;
          default -> Kind.WORD;
        };
    return take(kind, end - at);
  }

  private boolean endsWord(int index) {
    char c = text.charAt(index);
    return Character.isWhitespace(c)
        || "\"'(){},=!<>&|".indexOf(c) >= 0
        || (c == '.' && index + 1 < text.length() && text.charAt(index + 1) == '.');
  }

  /** A backslash takes the next character as it is. */
  private Token quoted(char quote) throws SelectionException {
    StringBuilder held = new StringBuilder();
    int start = at;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        at = i + 1;
        return new Token(Kind.QUOTED, held.toString(), start);
      }
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c = text.charAt(i);
      }
      held.append(c);
    }
    throw mistake("the quote " + quote + " has no end", text, start);
  }

  private boolean isNext(char c) {
    return at + 1 < text.length() && text.charAt(at + 1) == c;
  }
}
