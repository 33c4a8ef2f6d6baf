package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerTest {
  @ParameterizedTest
  @CsvSource({
    // CONNTRACE_PAGER, PAGER, TERM, terminal, pager
    "sh -x, cat, xterm, true, sh -x",
    ", sh, xterm, true, sh",
    "/bin/sh, , xterm, true, /bin/sh",
    "'', sh, xterm, true, ",
    "cat, sh, xterm, true, ",
    "no-such-pager -R, , xterm, true, ",
    "'LESS=F less', , xterm, true, 'LESS=F less'",
    "sh, , dumb, true, ",
    "sh, , xterm, false, ",
    ", , xterm, false, ",
  })
  void isUsedOnlyOnATerminalAndOnlyIfItIsThere(
      String own, String common, String term, boolean terminal, String expected) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CONNTRACE_PAGER", own);
    environment.put("PAGER", common);
    environment.put("TERM", term);
    environment.put("PATH", "/no/such/folder:/bin:/usr/bin");
    Surroundings surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            environment,
            new Terminals(false, terminal, false));
    assertEquals(expected, Pager.command(surroundings));
  }
}
