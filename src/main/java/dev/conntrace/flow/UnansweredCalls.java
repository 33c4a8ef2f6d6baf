package dev.conntrace.flow;

import org.jspecify.annotations.Nullable;

/**
 * The connections of which only one side has been heard, the oldest first, linked through
 * themselves. Anyone can make as many as there are addresses to forge, so they are counted apart.
 */
final class UnansweredCalls {
  private @Nullable Connection oldest;
  private @Nullable Connection newest;
  private int size;

  int size() {
    return size;
  }

  /** Returns the one that began first, or null if there is none. */
  @Nullable Connection oldest() {
    return oldest;
  }

  /** Adds a connection that has just begun. */
  void add(Connection connection) {
    connection.unanswered = true;
    connection.callBefore = newest;
    if (newest == null) {
      oldest = connection;
    } else {
      newest.callAfter = connection;
    }
    newest = connection;
    size++;
  }

  /** Takes a connection out that was answered or is over; one that is not in it stays out. */
  void remove(Connection connection) {
    if (!connection.unanswered) {
      return;
    }
    connection.unanswered = false;
    if (connection.callBefore == null) {
      oldest = connection.callAfter;
    } else {
      connection.callBefore.callAfter = connection.callAfter;
    }
    if (connection.callAfter == null) {
      newest = connection.callBefore;
    } else {
      connection.callAfter.callBefore = connection.callBefore;
    }
    connection.callBefore = null;
    connection.callAfter = null;
    size--;
  }
}
