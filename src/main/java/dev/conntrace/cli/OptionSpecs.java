package dev.conntrace.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Makes options for picocli and reads them back, as plain words.
 *
 * <p>They are made by hand, not from annotations: reading those by reflection would take a third of
 * the time in which a small capture is answered.
 */
final class OptionSpecs {
  private OptionSpecs() {}

  /** Returns an option without a value. */
  static OptionSpec.Builder flag(String description, String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(description);
  }

  /** Returns an option with a value; where it is given twice, the last one counts. */
  static OptionSpec.Builder value(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description);
  }

  /** Returns an option with a value that may be given several times. */
  static OptionSpec.Builder values(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description);
  }

  /** Returns the words that are no options. */
  static PositionalParamSpec.Builder words(String arity, String label, String description) {
    return PositionalParamSpec.builder()
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity(arity)
        .required(arity.startsWith("1"))
        .paramLabel(label)
        .description(description);
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .type(boolean.class)
        .usageHelp(true)
        .description("Print this.")
        .build();
  }

  static OptionSpec version() {
    return OptionSpec.builder("-V", "--version")
        .type(boolean.class)
        .versionHelp(true)
        .description("Print the versions of conntrace, the JDK and libpcap.")
        .build();
  }

  /** Returns the words that name captures. */
  static PositionalParamSpec files() {
    return words(
            "1..*",
            "FILE",
            "Captures: pcap or pcapng, also compressed with gzip, zstd or lz4; '-' is standard"
                + " input. Several are analysed one after the other, or together with --merge.")
        .build();
  }

  static boolean isGiven(ParseResult words, String name) {
    return words.matchedOptionValue(name, false);
  }

  static String valueOf(ParseResult words, String name, String otherwise) {
    return words.matchedOptionValue(name, otherwise);
  }

  static List<String> valuesOf(ParseResult words, String name) {
    return words.matchedOptionValue(name, List.of());
  }

  static List<String> wordsOf(ParseResult words) {
    return words.matchedPositionalValue(0, List.of());
  }
}
