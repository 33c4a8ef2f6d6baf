package dev.conntrace.samples;

import dev.conntrace.cli.CommandCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files that stand beside a sample, and the commands that print them. */
enum Golden {
  TIMELINE(
      ".timeline.txt",
      List.of("timeline", "--width", "100", "--color", "never", "--time", "utc", "--no-pager")),
  RECORDS(".ndjson", List.of("timeline", "--format", "ndjson"));

  private final String ending;

  @SuppressWarnings("ImmutableEnumChecker") // List.of cannot change
  private final List<String> words;

  Golden(String ending, List<String> words) {
    this.ending = ending;
    this.words = words;
  }

  String ending() {
    return ending;
  }

  /** Returns what the command prints for a sample. */
  CommandCall call(Sample sample, Map<String, String> environment) {
    return call(List.of(sample.toString()), environment);
  }

  /** Returns what the command prints for a list of files as one capture. */
  CommandCall call(MergeList list) {
    List<String> command = new ArrayList<>(List.of("--merge"));
    list.captures().forEach(capture -> command.add(capture.toString()));
    return call(command, Map.of());
  }

  private CommandCall call(List<String> more, Map<String, String> environment) {
    List<String> command = new ArrayList<>(words);
    command.addAll(more);
    return CommandCall.with(environment, command.toArray(String[]::new));
  }
}
