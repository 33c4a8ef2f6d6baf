package dev.conntrace.cli;

import dev.conntrace.expect.Expectation;
import dev.conntrace.expect.ExpectationException;
import dev.conntrace.expect.Expectations;
import dev.conntrace.expect.Golden;
import dev.conntrace.expect.Outcome;
import dev.conntrace.expect.RulesFile;
import dev.conntrace.expect.RulesWriter;
import dev.conntrace.expect.Trace;
import dev.conntrace.expect.TraceBounds;
import dev.conntrace.expect.TraceRecorder;
import dev.conntrace.expect.Verdict;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.render.OutcomesText;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code verify}: whether captures are as expected. */
final class VerifyCommand implements Command {
  private static final String EXPECT = "--expect";
  private static final String THAT = "--that";
  private static final String GOLDEN = "--golden";
  private static final String UPDATE = "--update";

  @Override
  public void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.values(
                "RULES", "Expect what this file says, in YAML; see src/docs/verify.md.", EXPECT)
            .build());
    spec.addOption(
        OptionSpecs.values(
                "EXPECTATION",
                "Expect this: 'connection port 443: opened three-way', 'retransmission none',"
                    + " 'rtt_p95 at most 50 ms'. Without a subject it is about every connection."
                    + " 'conntrace explain expectations' lists the words.",
                THAT)
            .build());
    spec.addOption(
        OptionSpecs.value(
                "CAPTURE",
                "Expect that TCP does the same as in this capture, as 'conntrace diff' compares"
                    + " them; --also, --ignore and --tolerance say what counts.",
                GOLDEN)
            .build());
    DiffSettings.define(spec);
    spec.addOption(
        OptionSpecs.flag(
                "Write the file of --expect from FILE, which is known to be good: tight where TCP"
                    + " leaves no choice, tolerant in times. It must not exist, or --force.",
                UPDATE)
            .build());
    spec.addOption(OptionSpecs.flag("Let --update overwrite the file.", "--force").build());
    spec.addOption(OptionSpecs.flag("Name the expectations that hold, too.", "--all").build());
    VerifyReports.define(spec);
    Captures.define(spec);
    CommonOptions.define(spec);
    spec.addPositional(OptionSpecs.files());
  }

  @Override
  public List<String> description() {
    return List.of(
        "Checks captures against expectations, and shows for each that does not hold what was"
            + " expected, what was found, in which connection and frame, and the segments around"
            + " it. All are checked, whatever becomes of the first.",
        "A capture that is damaged or lost packets cannot show what did not happen: what would"
            + " hold is inconclusive then, and the exit status is 3.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conntrace verify good.pcap --expect rules.yaml --update",
        "conntrace verify new.pcap --expect rules.yaml",
        "conntrace verify new.pcap --that 'connection port 6573: closed_first client'",
        "conntrace verify *.pcap --that 'retransmission none' --that 'rtt_p95 at most 50 ms'",
        "conntrace verify new.pcap --golden good.pcap --ignore segments",
        "conntrace verify new.pcap --expect rules.yaml --report junit=target/TEST-capture.xml");
  }

  @Override
  public boolean judges() {
    return true;
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException, IOException {
    if (OptionSpecs.isGiven(words, UPDATE)) {
      return update(session, words);
    }
    List<Expectation> expectations = expectations(session, words);
    Golden golden = golden(session, words);
    TraceBounds bounds =
        golden == null
            ? Expectations.bounds(expectations)
            : Expectations.bounds(expectations).withPayload();
    Verdict[] worst = {Verdict.PASSED};
    ExitStatus status;
    try (VerifyReports reports = VerifyReports.of(words, OptionSpecs.wordsOf(words), session)) {
      status =
          new Captures(session)
              .each(
                  words,
                  null,
                  capture -> {
                    Trace trace = trace(capture, bounds);
                    List<Outcome> outcomes = new ArrayList<>(check(expectations, trace));
                    if (golden != null) {
                      outcomes.add(golden.check(trace));
                    }
                    print(session, words, capture.name(), outcomes);
                    reports.add(capture.name(), outcomes);
                    for (Outcome outcome : outcomes) {
                      worst[0] = worst[0].and(outcome.verdict());
                    }
                    return trace.capture();
                  });
    }
    return status.worst(status(worst[0]));
  }

  /** A failed expectation is told from one of which it cannot be told. */
  private static ExitStatus status(Verdict worst) {
    return switch (worst) {
      case PASSED -> ExitStatus.DONE;
      case INCONCLUSIVE -> ExitStatus.CAPTURE;
      case FAILED -> ExitStatus.EXPECTATION_FAILED;
    };
  }

  private static List<Expectation> expectations(Session session, ParseResult words)
      throws UsageException {
    List<Expectation> expectations = new ArrayList<>();
    try {
      for (String rules : OptionSpecs.valuesOf(words, EXPECT)) {
        expectations.addAll(rules(rules));
      }
      for (String line : OptionSpecs.valuesOf(words, THAT)) {
        expectations.add(Expectations.that(line));
      }
    } catch (ExpectationException e) {
      throw told(session, e);
    }
    if (expectations.isEmpty() && !words.hasMatchedOption(GOLDEN)) {
      throw new UsageException(
          "nothing is expected: give --expect RULES, --that 'EXPECTATION' or --golden CAPTURE");
    }
    return expectations;
  }

  private static List<Expectation> rules(String file) throws UsageException {
    try {
      return RulesFile.read(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": there is no such file of rules");
    } catch (IOException e) {
      throw new UsageException(file + ": the rules cannot be read: " + e.getMessage());
    }
  }

  /** Returns what captures are held against; null if no capture was named for that. */
  private static @Nullable Golden golden(Session session, ParseResult words) throws UsageException {
    if (!words.hasMatchedOption(GOLDEN)) {
      return null;
    }
    String file = OptionSpecs.valueOf(words, GOLDEN, "");
    TraceRecorder recorder = new TraceRecorder(file, TraceBounds.DEFAULT.withPayload());
    try (NamedCapture capture = new NamedCapture(file, session)) {
      capture.trace(recorder, false);
    } catch (IOException e) {
      throw new UsageException("the golden capture: " + e.getMessage());
    }
    return new Golden(recorder.trace(), DiffSettings.of(words));
  }

  /** A file of rules can have several mistakes, a line each. */
  private static UsageException told(Session session, ExpectationException e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    lines.subList(0, lines.size() - 1).forEach(session.messages()::error);
    return new UsageException(lines.get(lines.size() - 1));
  }

  private static Trace trace(NamedCapture capture, TraceBounds bounds) throws IOException {
    TraceRecorder recorder = new TraceRecorder(capture.name(), bounds);
    capture.trace(recorder, false);
    return recorder.trace();
  }

  private static List<Outcome> check(List<Expectation> expectations, Trace trace)
      throws UsageException {
    try {
      return Expectations.check(expectations, trace);
    } catch (ExpectationException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static void print(Session session, ParseResult words, String file, List<Outcome> outcomes)
      throws IOException {
    if (session.options().isNdjson()) {
      NdjsonRecords records = new NdjsonRecords(session.output());
      records.outcomes(file, outcomes);
      records.flush();
      return;
    }
    boolean all = OptionSpecs.isGiven(words, "--all");
    new OutcomesText(session.output(), session.layout(false), all).outcomes(file, outcomes);
  }

  private static ExitStatus update(Session session, ParseResult words) throws UsageException {
    List<String> files = OptionSpecs.wordsOf(words);
    List<String> rules = OptionSpecs.valuesOf(words, EXPECT);
    if (rules.size() != 1 || (files.size() > 1 && !Captures.isMerged(words))) {
      throw new UsageException(UPDATE + " needs one " + EXPECT + " RULES and one capture");
    }
    NewFile file = NewFile.at(rules.get(0), OptionSpecs.isGiven(words, "--force"), files);
    return new Captures(session)
        .each(
            words,
            null,
            capture -> {
              Trace trace = trace(capture, TraceBounds.DEFAULT);
              write(trace, file);
              session.messages().note("wrote " + rules.get(0) + ": have a look at it");
              return trace.capture();
            });
  }

  /** What is damaged or incomplete is not known to be good. */
  private static void write(Trace trace, NewFile file) throws IOException, UsageException {
    if (!trace.doubts().isEmpty()) {
      throw new UsageException(
          trace.name() + " cannot serve as an example: " + trace.doubts().get(0));
    }
    try (Writer out = new OutputStreamWriter(file, StandardCharsets.UTF_8)) {
      RulesWriter.write(trace, out);
    }
  }
}
