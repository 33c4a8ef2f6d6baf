package dev.conntrace.select;

import java.util.List;

/**
 * An expression over the fields of the records, as {@code --where} takes it: {@code closed == reset
 * and from_client.bytes > 1e6}. {@code conntrace explain where} describes the language.
 *
 * <p>It is always about a segment and its connection. A connection is chosen if it has a segment
 * for which the whole expression holds; where no field of a segment is asked for, that is whether
 * it holds of the connection.
 */
public final class Where {
  private final Condition condition;
  private final boolean asksSegments;
  private final boolean asksConnections;
  private final boolean isRelative;

  Where(Condition condition, boolean asksSegments, boolean asksConnections, boolean isRelative) {
    this.condition = condition;
    this.asksSegments = asksSegments;
    this.asksConnections = asksConnections;
    this.isRelative = isRelative;
  }

  /**
   * Reads an expression that chooses segments: a name that both kinds of record have is a packet's.
   *
   * @throws SelectionException if it makes no sense; the message says what is wrong where
   */
  public static Where ofPackets(String expression) throws SelectionException {
    return new WhereParser(expression, true).parse();
  }

  /**
   * Reads an expression that chooses connections: a name that both kinds of record have is a
   * connection's.
   *
   * @throws SelectionException if it makes no sense; the message says what is wrong where
   */
  public static Where ofConnections(String expression) throws SelectionException {
    return new WhereParser(expression, false).parse();
  }

  /** Returns what holds where both hold; only one may ask for fields of finished connections. */
  Where and(Where other) {
    return new Where(
        new Condition.All(List.of(condition, other.condition)),
        asksSegments || other.asksSegments,
        asksConnections || other.asksConnections,
        isRelative || other.isRelative);
  }

  Condition condition() {
    return condition;
  }

  /** Returns whether it asks for fields of segments. */
  boolean asksSegments() {
    return asksSegments;
  }

  /** Returns whether it asks for fields that are known when a connection is finished. */
  boolean asksConnections() {
    return asksConnections;
  }

  /** Returns whether it must know when the capture began. */
  boolean isRelative() {
    return isRelative;
  }
}
