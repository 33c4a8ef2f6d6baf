package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The launcher as it is, in a folder of its own, where {@code mvn} builds nothing and {@code java}
 * is what the test makes of it.
 */
final class LauncherFolder {
  private static final Path LAUNCHER = Path.of("conntrace").toAbsolutePath();

  private final Path folder;

  LauncherFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("src/main"));
    Files.createFile(folder.resolve("pom.xml"));
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    program("conntrace", Files.readString(LAUNCHER));
    program("jdk/bin/javac", "#!/bin/sh\n");
    program("jdk/bin/mvn", "#!/bin/sh\n");
  }

  /** Has {@code java} say with what it was called. */
  void javaSaysItsOptions() throws IOException {
    program("jdk/bin/java", "#!/bin/sh\necho \"$@\"\n");
  }

  /**
   * Has {@code java} run what the tests run with, told of terminals as the launcher sees them. What
   * the launcher does once, before its first run, is done.
   */
  void javaRuns(Class<?> main) throws IOException, InterruptedException {
    program(
        "jdk/bin/java",
        """
        #!/bin/sh
        case $1 in -Xshare:*) exit 1 ;; esac
        while [ "$1" != -jar ]; do
          case $1 in -Dconntrace.tty=*) terminals=$1 ;; esac
          shift
        done
        shift 2
        exec '%s/bin/java' "$terminals" -cp '%s' %s "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                main.getName()));
    ProcessBuilder first = process(folder.resolve("conntrace").toString(), "--version");
    first.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    first.redirectError(ProcessBuilder.Redirect.DISCARD);
    assertEquals(0, first.start().waitFor());
  }

  /**
   * Prepares a process in the folder, for which these programs are the only ones of their names.
   */
  ProcessBuilder process(String... command) {
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = process.environment();
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("PATH", folder.resolve("jdk/bin") + ":" + environment.get("PATH"));
    environment.remove("CONNTRACE_JAVA_OPTS");
    return process;
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    assertTrue(file.toFile().setExecutable(true));
  }
}
