package dev.conntrace.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the chapter on JUnit shows is what StrangerProjectIT runs. */
class JunitDocTest {
  private static final Path DOC = Path.of("src/docs/verify.md");
  private static final Path TESTS = Path.of("src/test/stranger/src/test/java/example");

  @Test
  void examplesAreThoseOfTheStrangersProject() throws IOException {
    String text = chapter();
    String[] blocks = text.split("```java\n", -1);
    assertEquals(3, blocks.length, "the chapter has two examples");
    assertExample("GreetingTest.java", blocks[1]);
    assertExample("EchoTest.java", blocks[2]);
  }

  private static String chapter() throws IOException {
    String text = Files.readString(DOC);
    return text.substring(text.indexOf("## In JUnit tests"));
  }

  private static void assertExample(String file, String block) throws IOException {
    String example = block.substring(0, block.indexOf("```"));
    assertEquals(Files.readString(TESTS.resolve(file)), example);
  }

  @Test
  void theDependencyIsThatOfTheStrangersProject() throws IOException {
    String pom = Files.readString(TESTS.resolve("../../../../pom.xml"));
    String version = pom.replace("${conntrace.version}", "0.1.0").replaceAll("(?m)^ +", "");
    String text = chapter();
    String block = text.split("```xml\n", -1)[1];
    String dependency = block.substring(0, block.indexOf("```")).replaceAll("(?m)^ +", "");
    assertTrue(version.contains(dependency), dependency);
  }
}
