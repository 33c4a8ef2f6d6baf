package dev.conntrace.expect;

import java.util.EnumSet;
import java.util.Set;

/**
 * How two captures are compared.
 *
 * @param counted the aspects in which a difference makes them different
 * @param tolerance how far times may be apart
 * @param first what sentences call the first capture
 * @param second what sentences call the second capture
 */
public record DiffOptions(
    Set<DiffAspect> counted, DiffTolerance tolerance, String first, String second) {
  /** Counts what is the same in every run of the same traffic; no times. */
  public static final DiffOptions DEFAULT =
      new DiffOptions(DiffAspect.deterministic(), new DiffTolerance(0, 0), "A", "B");

  /** Returns the same options that also count what {@code aspects} cover. */
  public DiffOptions also(Set<DiffAspect> aspects) {
    Set<DiffAspect> more = EnumSet.copyOf(counted);
    more.addAll(aspects);
    return new DiffOptions(more, tolerance, first, second);
  }

  /** Returns the same options that do not count what {@code aspects} cover. */
  public DiffOptions ignoring(Set<DiffAspect> aspects) {
    Set<DiffAspect> fewer = EnumSet.copyOf(counted);
    fewer.removeAll(aspects);
    return new DiffOptions(fewer, tolerance, first, second);
  }

  /** Returns the same options that count times further apart than this. */
  public DiffOptions within(DiffTolerance allowed) {
    return new DiffOptions(counted, allowed, first, second).also(EnumSet.of(DiffAspect.TIMES));
  }

  /** Returns the same options with other names for the captures, as in "the golden capture". */
  public DiffOptions naming(String one, String other) {
    return new DiffOptions(counted, tolerance, one, other);
  }
}
