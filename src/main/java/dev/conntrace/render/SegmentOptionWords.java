package dev.conntrace.render;

import dev.conntrace.trace.MultipathOption;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentOptions;
import dev.conntrace.trace.Side;

/** Says what the TCP options of one segment mean. */
final class SegmentOptionWords {
  private SegmentOptionWords() {}

  /** Returns the options of a segment; {@code none} if there are none. */
  static Prose of(SegmentFacts segment) {
    SegmentOptions options = segment.options();
    Side from = segment.from();
    Prose prose = new Prose();
    if (options.mssBytes().isPresent()) {
      add(prose, "MSS " + options.mssBytes().getAsInt() + " (the most payload that it will take)");
    }
    if (options.windowScale().isPresent()) {
      int shift = options.windowScale().getAsInt();
      add(prose, "window scale " + shift + " (windows times " + (1L << shift) + ")");
    }
    if (options.sackPermitted()) {
      add(prose, "SACK permitted");
    }
    if (options.timestampValue().isPresent()) {
      add(prose, "timestamp " + options.timestampValue().getAsLong());
      prose.add(", echo of " + options.timestampEcho().orElse(0));
    }
    if (options.fastOpenCookieBytes().isPresent()) {
      int bytes = options.fastOpenCookieBytes().getAsInt();
      add(
          prose,
          bytes == 0 ? "asks for a Fast Open cookie" : "Fast Open cookie of " + bytes + " bytes");
    }
    for (MultipathOption option : options.multipath()) {
      add(prose, MultipathWords.named(option, segment));
    }
    for (SackBlock block : options.sackBlocks()) {
      add(
          prose,
          "SACK: the " + from.id() + " also has " + Counted.bytes(block.left(), block.right()));
    }
    if (options.malformed()) {
      prose.then("; ").add(Meaning.ERROR, "an option contradicts its own length");
    }
    return prose.isEmpty() ? prose.add("none") : prose;
  }

  /** Returns the names of the options alone. */
  static String names(SegmentOptions options) {
    StringBuilder names = new StringBuilder();
    addName(names, options.mssBytes().isPresent(), "MSS");
    addName(names, options.windowScale().isPresent(), "window scale");
    addName(names, options.sackPermitted(), "SACK permitted");
    addName(names, options.timestampValue().isPresent(), "timestamps");
    addName(names, !options.sackBlocks().isEmpty(), "SACK");
    addName(names, options.fastOpenCookieBytes().isPresent(), "Fast Open");
    addName(names, !options.multipath().isEmpty(), "Multipath TCP");
    return names.length() == 0 ? "others or fillers" : names.toString();
  }

  private static void addName(StringBuilder names, boolean present, String name) {
    if (present) {
      names.append(names.length() == 0 ? "" : ", ").append(name);
    }
  }

  private static void add(Prose prose, String option) {
    prose.then("; ").add(option);
  }
}
