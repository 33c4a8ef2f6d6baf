package dev.conntrace.select;

import java.util.List;

/** What must hold: tests of fields, joined by and, or and not. */
sealed interface Condition permits Condition.All, Condition.Any, Condition.Not, FieldTest {
  /** Returns whether it holds. */
  boolean holds(Subject subject);

  /**
   * Returns whether it can hold of a connection of which no more is known than number and
   * addresses.
   */
  boolean mayHold(Subject subject);

  /** Adds the bits of those of its tests that look at a finished connection and hold. */
  long truths(Subject connection);

  /** All of several. */
  record All(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(Subject subject) {
      for (Condition part : parts) {
        if (!part.holds(subject)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean mayHold(Subject subject) {
      for (Condition part : parts) {
        if (!part.mayHold(subject)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public long truths(Subject connection) {
      return truthsOf(parts, connection);
    }
  }

  /** At least one of several. */
  record Any(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(Subject subject) {
      for (Condition part : parts) {
        if (part.holds(subject)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean mayHold(Subject subject) {
      for (Condition part : parts) {
        if (part.mayHold(subject)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public long truths(Subject connection) {
      return truthsOf(parts, connection);
    }
  }

  /** The opposite. */
  record Not(Condition part) implements Condition {
    @Override
    public boolean holds(Subject subject) {
      return !part.holds(subject);
    }

    /** That its part may hold does not say that it must. */
    @Override
    public boolean mayHold(Subject subject) {
      return true;
    }

    @Override
    public long truths(Subject connection) {
      return part.truths(connection);
    }
  }

  private static long truthsOf(List<Condition> parts, Subject connection) {
    long truths = 0;
    for (Condition part : parts) {
      truths |= part.truths(connection);
    }
    return truths;
  }
}
