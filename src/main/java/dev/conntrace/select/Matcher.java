package dev.conntrace.select;

import dev.conntrace.trace.TransportAddress;
import java.util.List;

/** What one value of a field must be. */
public sealed interface Matcher {
  /**
   * Returns whether a value fits.
   *
   * @param value of the class that the field's type names
   * @param startNanos when the capture began, which relative times count from
   */
  boolean matches(Object value, long startNanos);

  /** Returns whether a relative time is in it. */
  default boolean isRelative() {
    return false;
  }

  /** A number, duration or time compared with another. */
  record Compared(Operator operator, Quantity bound) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      return operator.holds((Long) value, bound.from(startNanos));
    }

    @Override
    public boolean isRelative() {
      return bound.isRelative();
    }
  }

  /** A number, duration or time from one to another, both included. */
  record Between(Quantity first, Quantity last) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      long number = (Long) value;
      return number >= first.from(startNanos) && number <= last.from(startNanos);
    }

    @Override
    public boolean isRelative() {
      return first.isRelative() || last.isRelative();
    }
  }

  /** Numbers named by an option. */
  record Among(NumberRanges numbers) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      return numbers.contains((Long) value);
    }
  }

  /** Exactly this text. */
  record Same(String text) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      return text.equals(value);
    }
  }

  /** This text is somewhere in it. */
  record Holding(String text) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      return ((String) value).contains(text);
    }
  }

  /** Each of these letters is in it. */
  record WithLetters(String letters) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      String flags = (String) value;
      for (int i = 0; i < letters.length(); i++) {
        if (flags.indexOf(letters.charAt(i)) < 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** An address, a port or both. */
  record At(AddressPattern pattern) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      return pattern.matches((TransportAddress) value);
    }
  }

  /** An address of a network. */
  record Inside(Network network) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      return network.contains((TransportAddress) value);
    }
  }

  /** True, or false. */
  record Truth(boolean wanted) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      return (Boolean) value == wanted;
    }
  }

  /** Any of several. */
  record AnyOf(List<Matcher> alternatives) implements Matcher {
    @Override
    public boolean matches(Object value, long startNanos) {
      for (Matcher alternative : alternatives) {
        if (alternative.matches(value, startNanos)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean isRelative() {
      for (Matcher alternative : alternatives) {
        if (alternative.isRelative()) {
          return true;
        }
      }
      return false;
    }
  }
}
