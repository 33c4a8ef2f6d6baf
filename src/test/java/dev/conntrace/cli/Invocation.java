package dev.conntrace.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One call of the command line inside the test, and what came of it. */
final class Invocation {
  private final String[] words;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private OutputStream standardOutput = out;
  private byte[] standardInput = {};
  private String terminals = "";
  private Engine engine = new ScriptedEngine();
  private int status = -1;

  private Invocation(String... words) {
    this.words = words;
  }

  static Invocation of(Object... words) {
    String[] texts = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      texts[i] = words[i].toString();
    }
    return new Invocation(texts);
  }

  Invocation with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Invocation reading(byte[] bytes) {
    standardInput = bytes;
    return this;
  }

  Invocation writingTo(OutputStream stream) {
    standardOutput = stream;
    return this;
  }

  Invocation onTerminals(String digits) {
    terminals = digits;
    return this;
  }

  Invocation tracedBy(Engine tracer) {
    engine = tracer;
    return this;
  }

  Invocation run() {
    Surroundings surroundings =
        new Surroundings(
            new ByteArrayInputStream(standardInput),
            standardOutput,
            err,
            environment,
            Terminals.fromDigits(terminals));
    status = Main.run(words, surroundings, engine);
    return this;
  }

  int status() {
    return status;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
