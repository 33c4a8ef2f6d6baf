package dev.conntrace.expect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one side's bytes must be. Where only the first of them are known, what those prove is said
 * and the rest is inconclusive.
 *
 * @param words it in words
 * @param relation {@code exactly}, {@code not}, {@code starts_with}, {@code contains} or {@code
 *     equals_file}
 * @param bytes the bytes, one char each; null for a file
 * @param file the file; null for bytes
 */
record PayloadBound(String words, Relation relation, @Nullable String bytes, @Nullable Path file)
    implements Bound {
  @Override
  public Judgement judge(Fact fact, Observed observed) {
    Reading reading = fact.read(observed);
    if (!(reading.value() instanceof String actual)) {
      return new Judgement(Verdict.INCONCLUSIVE, reading.doubt(), reading.frame());
    }
    String expected = bytes == null ? contents() : bytes;
    boolean whole = reading.doubt().isEmpty();
    Verdict verdict =
        switch (relation) {
          case STARTS_WITH -> prefix(actual, expected, whole);
          case CONTAINS ->
              actual.contains(expected)
                  ? Verdict.PASSED
                  : whole ? Verdict.FAILED : Verdict.INCONCLUSIVE;
          case NOT -> opposite(same(actual, expected, whole));
          default -> same(actual, expected, whole);
        };
    String found =
        verdict == Verdict.INCONCLUSIVE ? reading.doubt() : found(actual, expected, whole);
    return new Judgement(verdict, found, reading.frame());
  }

  private static Verdict prefix(String actual, String expected, boolean whole) {
    if (actual.startsWith(expected)) {
      return Verdict.PASSED;
    }
    return whole || !expected.startsWith(actual) ? Verdict.FAILED : Verdict.INCONCLUSIVE;
  }

  private static Verdict same(String actual, String expected, boolean whole) {
    if (whole) {
      return actual.equals(expected) ? Verdict.PASSED : Verdict.FAILED;
    }
    return expected.startsWith(actual) ? Verdict.INCONCLUSIVE : Verdict.FAILED;
  }

  private static Verdict opposite(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> Verdict.FAILED;
      case FAILED -> Verdict.PASSED;
      case INCONCLUSIVE -> Verdict.INCONCLUSIVE;
    };
  }

  /** Says what there is; of long bytes that should be equal, from where they differ. */
  private String found(String actual, String expected, boolean whole) {
    String length = (whole ? "" : "more than ") + actual.length() + " bytes";
    if (relation == Relation.CONTAINS || relation == Relation.NOT) {
      return length + ": " + ValueText.quoted(actual);
    }
    int at = 0;
    while (at < actual.length()
        && at < expected.length()
        && actual.charAt(at) == expected.charAt(at)) {
      at++;
    }
    return at == 0
        ? length + ": " + ValueText.quoted(actual)
        : length + ", from byte " + (at + 1) + " on: " + ValueText.quoted(actual.substring(at));
  }

  private String contents() {
    if (file == null) {
      throw new IllegalStateException("a bound of payload has bytes or a file");
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new ExpectationException(file + ": there is no such file");
    } catch (IOException e) {
      throw new ExpectationException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
