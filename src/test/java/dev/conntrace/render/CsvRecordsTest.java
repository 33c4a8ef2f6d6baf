package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.trace.field.FieldType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRecordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain.pcap|plain.pcap",
        "a,b|\"a,b\"",
        "say \"a\"|\"say \"\"a\"\"\"",
        "=1+1|'=1+1",
        "+1|'+1",
        "-x|'-x",
        "@SUM(A1)|'@SUM(A1)",
        "a=b|a=b",
        "Gr\u00fc\u00dfe|Gr\u00fc\u00dfe",
      })
  void textIsQuotedAndNeverAFormula(String raw, String expected) throws IOException {
    assertEquals(expected + "\n", cellOf(raw));
  }

  @Test
  void whatMakesATerminalActIsEscaped() throws IOException {
    assertEquals("a\\x1b[2Jb\\nc\\u202e\n", cellOf("a\u001b[2Jb\nc\u202e"));
    assertEquals("\\t=1\n", cellOf("\t=1"));
    assertEquals("tag \\udb40\\udc41\n", cellOf("tag \udb40\udc41"));
    assertEquals("half \\ud83d\n", cellOf("half \ud83d"));
    assertEquals("whole \ud83d\ude00\n", cellOf("whole \ud83d\ude00"));
  }

  @Test
  void numbersBelowZeroStayNumbers() throws IOException {
    StringBuilder out = new StringBuilder();
    CsvLine line = new CsvLine(out);
    line.value(FieldType.NUMBER, -5L);
    line.value(FieldType.TIME, -1_500_000_000L);
    line.value(FieldType.DURATION, 20_570_000L);
    line.value(FieldType.TRUTH, true);
    line.value(FieldType.WORD, null);
    line.end();
    assertEquals("-5,-1.500000000,0.02057,true,\n", out.toString());
  }

  private static String cellOf(String raw) throws IOException {
    StringBuilder out = new StringBuilder();
    CsvLine line = new CsvLine(out);
    line.text(raw);
    line.end();
    return out.toString();
  }
}
