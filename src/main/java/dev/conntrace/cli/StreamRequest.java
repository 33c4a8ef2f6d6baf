package dev.conntrace.cli;

import static dev.conntrace.cli.OptionSpecs.flag;
import static dev.conntrace.cli.OptionSpecs.isGiven;
import static dev.conntrace.cli.OptionSpecs.value;

import dev.conntrace.stream.OverlapPolicy;
import dev.conntrace.trace.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What {@code stream} was asked for.
 *
 * @param form how to show bytes
 * @param only whose stream; null for both
 * @param policy which of two contradicting copies to keep
 * @param chunks whether to say which frame brought what
 * @param fillGaps whether zero bytes stand for missing ones
 * @param file where to write; null for standard output
 * @param folder where to write each connection's streams; null if that was not asked for
 * @param force whether files may be overwritten, and a terminal be sent any bytes
 */
record StreamRequest(
    Form form,
    @Nullable Side only,
    OverlapPolicy policy,
    boolean chunks,
    boolean fillGaps,
    @Nullable String file,
    @Nullable String folder,
    boolean force) {

  private static final String STANDARD_OUTPUT = "-";

  /** How bytes are shown. */
  enum Form {
    TEXT,
    HEX,
    RAW,
    RECORDS
  }

  static void define(CommandSpec spec) {
    spec.addOption(
        value("SIDE", "Whose bytes: client, server or both, by turns (default).", "--from")
            .completionCandidates(List.of("client", "server", "both"))
            .build());
    spec.addOption(flag("Bytes as numbers, with offsets and characters.", "--hex").build());
    spec.addOption(
        flag("The bytes as they are, to a file or pipe; gaps are told on standard error.", "--raw")
            .build());
    spec.addOption(flag("Say which frame brought which bytes, and when.", "--chunks").build());
    spec.addOption(
        value(
                "COPY",
                "Which copy of bytes to believe where two differ: first (default; as receivers do)"
                    + " or last (the last one before it was acknowledged).",
                "--overlap")
            .completionCandidates(List.of("first", "last"))
            .build());
    spec.addOption(
        flag("Put zero bytes in the place of missing ones (with --raw or --all).", "--fill-gaps")
            .build());
    spec.addOption(value("FILE", "Write there; '-' is standard output.", "-o", "--output").build());
    spec.addOption(
        value(
                "DIR",
                "Write the streams of every selected connection to files there, and gaps and"
                    + " contradictions to streams.ndjson beside them.",
                "--all")
            .build());
    spec.addOption(flag("Overwrite files; with --raw, write to a terminal.", "--force").build());
  }

  static StreamRequest of(ParseResult words, Session session) throws UsageException {
    boolean raw = isGiven(words, "--raw");
    StreamRequest request =
        new StreamRequest(
            form(raw, isGiven(words, "--hex"), session.options().isNdjson()),
            side(OptionSpecs.valueOf(words, "--from", "both")),
            policy(OptionSpecs.valueOf(words, "--overlap", "first")),
            isGiven(words, "--chunks"),
            isGiven(words, "--fill-gaps"),
            file(OptionSpecs.valueOf(words, "-o", STANDARD_OUTPUT)),
            words.hasMatchedOption("--all") ? OptionSpecs.valueOf(words, "--all", "") : null,
            isGiven(words, "--force"));
    request.check(OptionSpecs.wordsOf(words).size(), session);
    return request;
  }

  private void check(int captures, Session session) throws UsageException {
    if (folder != null) {
      if (form != Form.TEXT || file != null || chunks) {
        throw new UsageException(
            "--all writes raw bytes to files of its own: leave --raw, --hex, --chunks, --format and"
                + " -o out");
      }
      if (captures > 1) {
        throw new UsageException("--all takes one capture at a time");
      }
      return;
    }
    boolean isRaw = form == Form.RAW;
    if (fillGaps && !isRaw) {
      throw new UsageException("--fill-gaps needs --raw or --all: text and records name the gaps");
    }
    if (chunks && isRaw) {
      throw new UsageException("--chunks needs text or --hex: raw bytes leave no room for it");
    }
    if (isRaw && captures > 1) {
      throw new UsageException("--raw takes one capture at a time");
    }
    if (isRaw && file == null && !force && session.surroundings().terminals().out()) {
      throw new UsageException(
          "raw bytes could do anything to a terminal: write them to a file with -o FILE or into a"
              + " pipe, look at them with --hex, or insist with --force");
    }
  }

  private static @Nullable String file(String name) {
    return name.equals(STANDARD_OUTPUT) ? null : name;
  }

  private static Form form(boolean raw, boolean hex, boolean records) throws UsageException {
    if ((raw ? 1 : 0) + (hex ? 1 : 0) + (records ? 1 : 0) > 1) {
      throw new UsageException("--raw, --hex and --format ndjson exclude each other");
    }
    return raw ? Form.RAW : hex ? Form.HEX : records ? Form.RECORDS : Form.TEXT;
  }

  private static @Nullable Side side(String name) throws UsageException {
    return switch (name) {
      case "client" -> Side.CLIENT;
      case "server" -> Side.SERVER;
      case "both" -> null;
      default -> throw new UsageException("--from is client, server or both, not '" + name + "'");
    };
  }

  private static OverlapPolicy policy(String name) throws UsageException {
    for (OverlapPolicy policy : OverlapPolicy.values()) {
      if (policy.id().equals(name)) {
        return policy;
      }
    }
    throw new UsageException("--overlap is first or last, not '" + name + "'");
  }
}
