package dev.conntrace.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds the project in {@code src/test/stranger} with the packaged jar, as an artifact in the
 * local repository, under versions of JUnit that users have. The artifact gets a version of its
 * own, and is removed afterwards.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StrangerProjectIT {
  private static final Path PROJECT = Path.of("src/test/stranger");
  private static final Path REPOSITORY = Path.of(setting("localRepository"));
  private static final String VERSION =
      "0-stranger-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private static final Path ARTIFACT = REPOSITORY.resolve("dev/conntrace/conntrace/" + VERSION);

  @TempDir private static Path folder;

  /** The build hands over where things are. */
  private static String setting(String name) {
    String value = System.getProperty("stranger." + name);
    assertNotNull(value, "stranger." + name + " is not set: run this with 'mvn verify'");
    return value;
  }

  @BeforeAll
  static void install() throws IOException {
    Path jar = Path.of(setting("jar"));
    assertTrue(Files.exists(jar), jar + " is not there: run this with 'mvn verify'");
    Files.createDirectories(ARTIFACT);
    Files.copy(jar, ARTIFACT.resolve("conntrace-" + VERSION + ".jar"));
    String pom = Files.readString(Path.of("pom.xml"));
    int version = pom.indexOf("<version>");
    int end = pom.indexOf("</version>");
    Files.writeString(
        ARTIFACT.resolve("conntrace-" + VERSION + ".pom"),
        pom.substring(0, version) + "<version>" + VERSION + pom.substring(end));
  }

  @AfterAll
  static void uninstall() throws IOException {
    try (Stream<Path> files = Files.list(ARTIFACT)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(ARTIFACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.8.2", "5.10.5", "5.14.4", "6.1.3"})
  void passesAndFailsWithTheReasonWhereTheCaptureIsSwapped(String junit) throws Exception {
    requireOnline(junit);
    Path project = folder.resolve(junit);
    copy(PROJECT, project);
    build(project, junit);

    String passed = report(project, "surefire-reports", "GreetingTest");
    assertTrue(passed.contains("tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\""), passed);

    String failed = report(project, "swapped-reports", "GreetingTest");
    assertTrue(failed.contains("tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"3\""), failed);
    assertHolds(failed, documentedFailure());
    assertHolds(failed, "from_server.unique_bytes: expected 7, found");

    checkLoopback(project);
  }

  /** Returns the failure that the chapter on JUnit shows. */
  private static String documentedFailure() throws IOException {
    String text = Files.readString(Path.of("src/docs/verify.md"));
    String chapter = text.substring(text.indexOf("## In JUnit tests"));
    String block = chapter.split("```text\n", -1)[1];
    return block.substring(0, block.indexOf("```"));
  }

  private static void checkLoopback(Path project) throws IOException, LiveException {
    String passed = report(project, "surefire-reports", "EchoTest");
    if (LiveCapture.obstacle(LiveCapture.loopback()) != null) {
      assertHolds(passed, "skipped=\"1\"");
      return;
    }
    assertHolds(passed, "tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\"");
    String failed = report(project, "swapped-reports", "FailingEchoTest");
    assertHolds(failed, "tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"1\"");
    assertHolds(failed, "closed_first: expected server, found client");
    assertHolds(failed, "the packets of this test are in target/conntrace/example.FailingEcho");
    try (Stream<Path> files = Files.list(project.resolve("swapped/target/conntrace"))) {
      List<Path> captures = files.toList();
      assertEquals(1, captures.size(), captures.toString());
      assertEquals(1, TraceReader.read(captures.get(0)).connections().size());
    }
  }

  private static void assertHolds(String report, String text) {
    assertTrue(report.contains(text), () -> text + "\nis not in\n" + report);
  }

  /** Without a network Maven takes only what it has fetched before. */
  private static void requireOnline(String junit) {
    boolean fetched =
        Files.exists(REPOSITORY.resolve("org/junit/jupiter/junit-jupiter-engine/" + junit));
    assumeTrue(
        fetched || !isOffline(),
        "Maven is offline and JUnit " + junit + " is not in the local repository: NOT TESTED");
  }

  private static boolean isOffline() {
    return setting("network").endsWith("true");
  }

  private static void build(Path project, String junit) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(setting("mavenHome"), "bin", "mvn").toString());
    command.addAll(List.of("--batch-mode", "-q", "test"));
    if (isOffline()) {
      command.add("-o");
    }
    command.add("-Dmaven.repo.local=" + REPOSITORY);
    command.add("-Dconntrace.version=" + VERSION);
    command.add("-Djunit.version=" + junit);
    command.add("-Dconntrace.not-permitted=skip");
    for (String plugin : List.of("resources", "compiler", "surefire")) {
      command.add("-D" + plugin + "-plugin.version=" + setting(plugin));
    }
    Path log = project.resolve("build.log");
    Process build =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int status = build.waitFor();
    assertEquals(0, status, () -> "JUnit " + junit + ":\n" + text(log));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String report(Path project, String folder, String test) throws IOException {
    return Files.readString(
            project.resolve("target").resolve(folder).resolve("TEST-example." + test + ".xml"))
        .replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&#10;", "\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(found).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path found, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(found).toString());
            Files.copy(found, copy, StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
