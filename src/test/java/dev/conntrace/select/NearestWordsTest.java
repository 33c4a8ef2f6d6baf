package dev.conntrace.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestWordsTest {
  private static final List<String> WORDS = List.of("--format", "--port", "--color", "-q");

  @Test
  void aPartOfAWordMeansThatWord() {
    assertEquals(
        List.of("fast-retransmission"),
        NearestWords.of("retrans", List.of("fast-retransmission", "syn")));
    assertEquals(List.of(), NearestWords.of("fa", List.of("fast-retransmission")));
  }

  @Test
  void findsAWordWithALetterMissingAddedOrChanged() {
    assertEquals(List.of("--format"), NearestWords.of("--formt", WORDS));
    assertEquals(List.of("--color"), NearestWords.of("--colour", WORDS));
    assertEquals(List.of("--port"), NearestWords.of("--part", WORDS));
  }

  @Test
  void findsAWordWithTwoLettersSwapped() {
    assertEquals(List.of("port"), NearestWords.of("prot", List.of("with", "port", "pick")));
  }

  @Test
  void findsNothingWhereNothingIsNear() {
    assertEquals(List.of(), NearestWords.of("capture.pcap", WORDS));
    assertEquals("", NearestWords.question("capture.pcap", WORDS));
  }

  @Test
  void asksWithAllThatAreEquallyNear() {
    assertEquals(
        "; did you mean ab or ac?", NearestWords.question("ad", List.of("ab", "ac", "xyz")));
  }

  @Test
  void namesAWordOnceThatIsKnownTwice() {
    assertEquals("; did you mean ab?", NearestWords.question("ad", List.of("ab", "xyz", "ab")));
  }
}
