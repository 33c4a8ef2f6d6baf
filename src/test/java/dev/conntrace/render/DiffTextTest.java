package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.expect.DiffAspect;
import dev.conntrace.expect.DiffOptions;
import dev.conntrace.expect.DiffResult;
import dev.conntrace.expect.Difference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The last line of a comparison. */
class DiffTextTest {
  private static String lastLine(DiffAspect... aspects) throws IOException {
    List<Difference> differences = new ArrayList<>();
    for (DiffAspect aspect : aspects) {
      differences.add(new Difference(aspect, 1, 1, null, "x", List.of(), List.of()));
    }
    StringBuilder out = new StringBuilder();
    Layout layout = new Layout(200, Palette.PLAIN, TimeMode.RELATIVE, false);
    new DiffText(out, layout, DiffOptions.DEFAULT)
        .print("a", "b", new DiffResult(differences, Map.of(), 1, true));
    List<String> lines = out.toString().lines().toList();
    return lines.get(lines.size() - 1);
  }

  @Test
  void namesTheWayOutWhereOnlyTheCutsDiffer() throws IOException {
    assertEquals(
        "1 difference: 1 in segments; where much data flows at once it is cut by chance: see"
            + " --ignore segments",
        lastLine(DiffAspect.SEGMENTS));
    assertEquals(
        "2 differences: 1 in closing, 1 in segments",
        lastLine(DiffAspect.SEGMENTS, DiffAspect.CLOSING));
    assertEquals("no differences in 1 connection", lastLine());
  }
}
