package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.conntrace.cli.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the command prints for each sample is what stands beside it. {@code mvn test
 * -Dtest=GoldenSamplesTest -Dgolden.update=true} writes the files anew and says which; read the
 * difference before committing it.
 */
class GoldenSamplesTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final String HOW_TO_UPDATE =
      "; if that is right: mvn test -Dtest=GoldenSamplesTest -Dgolden.update=true";

  private static final Map<String, String> PECULIAR =
      Map.of("COLUMNS", "47", "FORCE_COLOR", "1", "TZ", "Asia/Kathmandu", "LANG", "ar_EG.UTF-8");

  static List<Sample> samples() {
    return Sample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void printsWhatStandsBesideTheCapture(Sample sample) throws IOException {
    for (Golden golden : Golden.values()) {
      CommandCall call = golden.call(sample, Map.of());
      int status = sample.isDamaged() ? 3 : 0;
      assertEquals(status, call.status(), () -> sample + ": " + call.err());
      compare(sample, sample.beside(golden.ending()), call.out());
    }
  }

  static List<MergeList> mergeLists() {
    return MergeList.all();
  }

  @ParameterizedTest
  @MethodSource("mergeLists")
  void printsWhatStandsBesideTheList(MergeList list) throws IOException {
    for (Golden golden : Golden.values()) {
      CommandCall call = golden.call(list);
      assertEquals(0, call.status(), () -> list + ": " + call.err());
      compare(list, list.beside(golden.ending()), call.out());
    }
  }

  private static void compare(Object sample, Path file, String actual) throws IOException {
    String expected = Files.exists(file) ? Files.readString(file) : null;
    if (actual.equals(expected)) {
      return;
    }
    if (UPDATE) {
      Files.writeString(file, actual);
      System.out.println("golden.update: wrote " + file);
    } else if (expected == null) {
      fail(sample + " has no " + file.getFileName() + " beside it" + HOW_TO_UPDATE);
    } else {
      String difference = Difference.between(expected, actual).orElseThrow();
      fail(file + " is not what is printed now: " + difference + HOW_TO_UPDATE);
    }
  }

  @Test
  void samplesAreFound() {
    assertFalse(Sample.all().isEmpty(), "no captures in " + Sample.FOLDER.toAbsolutePath());
  }

  @Test
  void everyFileBelongsToACapture() {
    Set<Path> known = new TreeSet<>();
    Map<Path, Sample> owners = new HashMap<>();
    for (Sample sample : Sample.all()) {
      known.add(sample.capture());
      known.add(sample.beside(KernelCountersTest.ENDING));
      for (Golden golden : Golden.values()) {
        Path file = sample.beside(golden.ending());
        Sample other = owners.put(file, sample);
        assertTrue(other == null, () -> sample + " and " + other + " would share " + file);
        known.add(file);
      }
    }
    for (MergeList list : MergeList.all()) {
      known.add(list.file());
      for (Golden golden : Golden.values()) {
        known.add(list.beside(golden.ending()));
      }
    }
    List<Path> strangers =
        Sample.filesIn(Sample.FOLDER).stream()
            .filter(file -> !known.contains(file) && !file.endsWith("README.md"))
            .toList();
    assertEquals(List.of(), strangers, "files that belong to no capture");
  }

  @Test
  void everyTopicIsExplained() throws IOException {
    String index = Files.readString(Sample.FOLDER.resolve("README.md"));
    Set<Path> topics =
        Sample.all().stream()
            .map(sample -> sample.capture().getParent())
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> missing = new ArrayList<>();
    for (Path topic : topics) {
      if (!topic.getParent().equals(Sample.FOLDER)) {
        missing.add(topic + " is not a folder directly in " + Sample.FOLDER);
      }
      if (!Files.exists(topic.resolve("README.md"))) {
        missing.add(topic + " has no README.md");
      }
      if (!index.contains("(" + topic.getFileName() + "/README.md)")) {
        missing.add(Sample.FOLDER + "/README.md does not name " + topic.getFileName());
      }
    }
    for (Sample sample : Sample.all()) {
      if (!index.contains("`" + sample.capture().getFileName() + "`")) {
        missing.add(Sample.FOLDER + "/README.md does not name " + sample.capture().getFileName());
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void printsTheSameOnEveryMachine() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String separator = System.getProperty("line.separator");
    for (Sample sample : Sample.all()) {
      for (Golden golden : Golden.values()) {
        String here = golden.call(sample, Map.of()).out();
        String elsewhere;
        try {
          Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
          TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
          System.setProperty("line.separator", "\r\n");
          elsewhere = golden.call(sample, PECULIAR).out();
        } finally {
          Locale.setDefault(locale);
          TimeZone.setDefault(zone);
          System.setProperty("line.separator", separator);
        }
        Difference.between(here, elsewhere)
            .ifPresent(difference -> fail(sample + " elsewhere: " + difference));
      }
    }
  }

  @Test
  void aDifferenceIsShownInAFewLines() {
    String many = "line\n".repeat(1000);

    String text = Difference.between(many + "old\n" + many, many + "new\n" + many).orElseThrow();

    assertEquals(
        """
        first difference in line 1001
            same line
        expected old
        expected line
        expected line
          actual new
          actual line
          actual line""",
        text);
  }
}
