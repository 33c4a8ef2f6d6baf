package dev.conntrace.select;

import dev.conntrace.select.FieldTest.Question;
import dev.conntrace.select.Operand.Needs;
import dev.conntrace.select.Token.Kind;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression. {@code or} binds least, then {@code and}, then {@code not}:
 *
 * <pre>
 * any   = all { ("or" | "||") all }
 * all   = not { ("and" | "&amp;&amp;") not }
 * not   = ("not" | "!") not | "(" any ")" | test
 * test  = "exists" "(" field ")"
 *       | field [ comparison value | ("contains" | "has") value | "in" set ]
 * set   = item | "(" item { "," item } ")"
 * item  = value [ ".." value ]
 * </pre>
 */
final class WhereParser {
  /** Each takes a few calls of the parser; nobody writes as many, but a program may. */
  private static final int MOST_NESTED = 200;

  private final String text;
  private final FieldNames names;
  private List<Token> tokens = List.of();
  private int next;

  /** What is being read: where a mistake is. */
  private Token here = new Token(Kind.END, "", 0);

  private boolean hereIsValue;
  private int nested;
  private int connectionTests;
  private boolean asksSegments;
  private boolean isRelative;

  /**
   * Prepares to read.
   *
   * @param packetsFirst whether a name that both kinds of record have is a packet's
   */
  WhereParser(String text, boolean packetsFirst) {
    this.text = text;
    this.names = new FieldNames(packetsFirst);
  }

  /**
   * Reads the whole of it.
   *
   * @throws SelectionException if it makes no sense; the message says where
   */
  Where parse() throws SelectionException {
    tokens = new Lexer(text).tokens();
    if (peek().is(Kind.END)) {
      throw new SelectionException("the expression is empty: give for instance 'closed == reset'");
    }
    try {
      Condition condition = any();
      if (!peek().is(Kind.END)) {
        throw mistake("expected and, or, or the end, not " + peek().shown(), peek());
      }
      return new Where(condition, asksSegments, connectionTests > 0, isRelative);
    } catch (SelectionException e) {
      throw Lexer.mistake(e.getMessage() + hint(), text, here.at());
    }
  }

  private Condition any() throws SelectionException {
    List<Condition> parts = new ArrayList<>();
    parts.add(all());
    while (accept(Kind.OR)) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
  }

  private Condition all() throws SelectionException {
    List<Condition> parts = new ArrayList<>();
    parts.add(not());
    while (accept(Kind.AND)) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
  }

  private Condition not() throws SelectionException {
    Token first = peek();
    nested++;
    if (nested > MOST_NESTED) {
      throw mistake("more than " + MOST_NESTED + " brackets and nots in each other", first);
    }
    Condition condition;
    if (accept(Kind.NOT)) {
      condition = new Condition.Not(not());
    } else if (accept(Kind.OPEN)) {
      condition = any();
      expectClose();
    } else {
      condition = test();
    }
    nested--;
    return condition;
  }

  private Condition test() throws SelectionException {
    Token name = take();
    if (name.isWord("exists") && accept(Kind.OPEN)) {
      Token field = take();
      Condition condition = test(operand(field), Question.EXISTS, null, field);
      expectClose();
      return condition;
    }
    Operand operand = operand(name);
    ValueReader reader = new ValueReader(name.text(), operand);
    Token token = peek();
    if (accept(Kind.COMPARISON)) {
      return comparison(name, operand, reader, Operator.of(token.text()));
    }
    if (acceptWord("contains") || acceptWord("has")) {
      Token value = value();
      return test(operand, Question.FITS, reader.contained(value.text(), isList(operand)), name);
    }
    if (acceptWord("in")) {
      return test(operand, Question.FITS, set(reader), name);
    }
    return test(operand, Question.IS_SET, null, name);
  }

  private Condition comparison(Token name, Operand operand, ValueReader reader, Operator operator)
      throws SelectionException {
    Token value = value();
    Matcher matcher = reader.compared(operator, value.text());
    boolean unequal = operator == Operator.NOT_EQUAL;
    return test(operand, unequal ? Question.FITS_NOT : Question.FITS, matcher, name);
  }

  private static boolean isList(Operand operand) {
    if (operand instanceof Operand.OfPacket packet) {
      return packet.field().isList();
    }
    if (operand instanceof Operand.OfConnection connection) {
      return connection.field().isList();
    }
    return operand instanceof Operand.Ports;
  }

  private Matcher set(ValueReader reader) throws SelectionException {
    if (!accept(Kind.OPEN)) {
      return item(reader);
    }
    List<Matcher> items = new ArrayList<>();
    items.add(item(reader));
    while (accept(Kind.COMMA)) {
      items.add(item(reader));
    }
    expectClose();
    return new Matcher.AnyOf(items);
  }

  private Matcher item(ValueReader reader) throws SelectionException {
    Token first = value();
    if (!accept(Kind.TO)) {
      return reader.compared(Operator.EQUAL, first.text());
    }
    Token last = value();
    return reader.between(first.text(), last.text());
  }

  private Condition test(Operand operand, Question question, @Nullable Matcher matcher, Token name)
      throws SelectionException {
    isRelative |= matcher != null && matcher.isRelative();
    asksSegments |= operand.needs() == Needs.SEGMENT;
    if (operand.needs() != Needs.CONNECTION) {
      return new FieldTest(operand, question, matcher, 0);
    }
    if (connectionTests == FieldTest.MOST_OF_CONNECTIONS) {
      throw mistake("more than " + connectionTests + " tests of fields of connections", name);
    }
    return new FieldTest(operand, question, matcher, connectionTests++);
  }

  private Operand operand(Token name) throws SelectionException {
    if (!name.is(Kind.WORD)) {
      throw mistake("expected the name of a field, not " + name.shown(), name);
    }
    here = name;
    hereIsValue = false;
    return names.find(name.text());
  }

  private Token value() throws SelectionException {
    Token token = take();
    if (!token.isValue()) {
      throw mistake("expected a value, not " + token.shown(), token);
    }
    here = token;
    hereIsValue = true;
    return token;
  }

  private void expectClose() throws SelectionException {
    if (!accept(Kind.CLOSE)) {
      throw mistake("expected a closing bracket, not " + peek().shown(), peek());
    }
  }

  /** What stands where a value should may have been meant as another field. */
  private String hint() {
    boolean isField =
        hereIsValue
            && here.is(Kind.WORD)
            && (PacketField.ofId(here.text()) != null || ConnectionField.ofId(here.text()) != null);
    return isField ? "; " + here.shown() + " is a field, and a field is compared with a value" : "";
  }

  /** Says what is wrong with a piece; {@link #parse} adds where it is. */
  private SelectionException mistake(String what, Token token) {
    here = token;
    hereIsValue = false;
    return new SelectionException(what);
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    if (!token.is(Kind.END)) {
      next++;
    }
    return token;
  }

  private boolean accept(Kind kind) {
    if (!peek().is(kind)) {
      return false;
    }
    take();
    return true;
  }

  private boolean acceptWord(String word) {
    if (!peek().isWord(word)) {
      return false;
    }
    take();
    return true;
  }
}
