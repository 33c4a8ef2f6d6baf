package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.trace.KeyPart;
import java.util.Set;

/** Finds connections by their addresses and ports and by the networks that they travel in. */
final class ScopedConnectionTable extends ConnectionTable {
  private final Scope scope;

  /**
   * Prepares an empty table.
   *
   * @param parts what tells connections apart beside addresses and ports
   */
  ScopedConnectionTable(Set<KeyPart> parts) {
    scope = new Scope(parts);
  }

  @Override
  int hashOf(Segment segment) {
    scope.read(segment);
    return segment.flowHash() ^ scope.hash();
  }

  /** The scope is that of the segment whose hash was asked for last. */
  @Override
  boolean isOf(Connection connection, Segment segment) {
    return connection.carries(segment)
        && connection.scope != null
        && connection.scope.isSame(scope);
  }

  @Override
  void add(Connection connection, Segment segment) {
    super.add(connection, segment);
    connection.scope = scope.copy();
    String words = scope.inWords(segment);
    connection.scopeInWords = words.isEmpty() ? null : words;
  }
}
