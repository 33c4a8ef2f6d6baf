package dev.conntrace.cli;

import dev.conntrace.trace.KeyPart;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code --key}: what tells connections apart beside addresses and ports. */
final class KeyOption {
  private static final String NAME = "--key";

  private KeyOption() {}

  static OptionSpec spec() {
    return OptionSpecs.value(
            "PARTS",
            "What tells connections apart beside addresses and ports: vlan, interface, tunnel, or"
                + " several with commas (default: nothing). A tunnel is its kind, its outer"
                + " addresses, and a number that both directions share; not MPLS labels and GTP"
                + " tunnel ids.",
            NAME)
        .completionCandidates(List.of("vlan", "interface", "tunnel"))
        .build();
  }

  /** Returns what the option names; nothing where it was not given. */
  static Set<KeyPart> of(ParseResult words) throws UsageException {
    if (!words.hasMatchedOption(NAME)) {
      return Set.of();
    }
    String text = OptionSpecs.valueOf(words, NAME, "");
    EnumSet<KeyPart> parts = EnumSet.noneOf(KeyPart.class);
    int begin = 0;
    while (begin <= text.length()) {
      int comma = text.indexOf(',', begin);
      int end = comma < 0 ? text.length() : comma;
      parts.add(part(text.substring(begin, end)));
      begin = end + 1;
    }
    return parts;
  }

  private static KeyPart part(String word) throws UsageException {
    for (KeyPart part : KeyPart.values()) {
      if (part.id().equals(word)) {
        return part;
      }
    }
    throw new UsageException(
        NAME + " is vlan, interface, tunnel, or several with commas, not '" + word + "'");
  }
}
