package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorChoiceTest {
  @ParameterizedTest
  @CsvSource({
    // option, NO_COLOR, FORCE_COLOR, TERM, terminal, coloured
    "auto,,,xterm,true,true",
    "auto,,,,true,true",
    "auto,,,xterm,false,false",
    "auto,,,dumb,true,false",
    "auto,1,,xterm,true,false",
    "auto,'',,xterm,true,true",
    "auto,,1,xterm,false,true",
    "auto,,1,dumb,false,true",
    "auto,,'',xterm,false,false",
    "auto,1,1,xterm,true,false",
    "always,1,,dumb,false,true",
    "never,,1,xterm,true,false",
  })
  void asksTheOptionThenNoColorThenForceColorThenTheTerminal(
      String option, String no, String force, String term, boolean terminal, boolean expected)
      throws UsageException {
    Map<String, String> environment = new HashMap<>();
    environment.put("NO_COLOR", no);
    environment.put("FORCE_COLOR", force);
    environment.put("TERM", term);
    Surroundings surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            environment,
            new Terminals(false, terminal, true));
    assertEquals(expected, ColorChoice.parse(option).isOn(surroundings));
  }

  @Test
  void refusesOtherWords() {
    assertThrows(UsageException.class, () -> ColorChoice.parse("yes"));
  }
}
