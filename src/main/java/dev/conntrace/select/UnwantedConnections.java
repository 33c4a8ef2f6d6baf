package dev.conntrace.select;

import dev.conntrace.trace.ConnectionOpened;
import java.util.BitSet;

/**
 * The connections that a selection turns away when they open, by number and addresses, so that
 * their segments are not even built.
 */
public final class UnwantedConnections {
  private final ConnectionSelection selection;
  private final BitSet numbers = new BitSet();

  /** Turns nobody away yet. */
  public UnwantedConnections(ConnectionSelection selection) {
    this.selection = selection;
  }

  /** Decides about a connection that has just opened. */
  public void judge(ConnectionOpened event) {
    if (!selection.mayInclude(event.connection(), event.key())) {
      numbers.set(event.connection());
    }
  }

  /** Turns a connection away for another reason. */
  public void add(int connection) {
    numbers.set(connection);
  }

  /** Returns whether a connection of this number was turned away. */
  public boolean contains(int connection) {
    return numbers.get(connection);
  }
}
