package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own with nothing but a loopback interface, so that no other traffic of the host
 * is in the way. Root makes it; so does everybody else where unprivileged user namespaces are on.
 */
final class Namespace implements Closeable {
  private final Process holder;
  private final List<String> entrance;

  private Namespace(Process holder, List<String> entrance) {
    this.holder = holder;
    this.entrance = entrance;
  }

  /** Makes one; skips the test, and says why, where that is not possible. */
  static Namespace open() throws IOException {
    boolean root = isRoot();
    List<String> words = new ArrayList<>(List.of("unshare", "--net"));
    List<String> entrance = new ArrayList<>(List.of("nsenter", "--net"));
    if (!root) {
      words.addAll(List.of("--user", "--map-root-user"));
      entrance.addAll(List.of("--user", "--preserve-credentials"));
    }
    words.addAll(List.of("sh", "-c", "ip link set lo up && echo ready && exec sleep 600"));
    Process holder = start(words);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    boolean ready = "ready".equals(out.readLine());
    if (!ready) {
      String reason = new String(holder.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(false, "SKIPPED, no network namespace of its own here: " + reason.strip());
    }
    entrance.addAll(List.of("--target", String.valueOf(holder.pid()), "--"));
    return new Namespace(holder, entrance);
  }

  private static Process start(List<String> words) throws IOException {
    try {
      return new ProcessBuilder(words).start();
    } catch (IOException e) {
      assumeTrue(false, "SKIPPED, " + words.get(0) + " is missing here: " + e.getMessage());
      throw e;
    }
  }

  /** Returns whether this is root, who may still lack capabilities. */
  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Returns the words that start the real command line in another Java. */
  static List<String> conntrace(List<String> javaOptions, Object... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    for (Object word : words) {
      command.add(word.toString());
    }
    return command;
  }

  /** Returns a process in the namespace, yet to be started. */
  ProcessBuilder process(List<String> words) {
    List<String> all = new ArrayList<>(entrance);
    all.addAll(words);
    return new ProcessBuilder(all);
  }

  /** Starts the real command line in the namespace, its output going to files. */
  Running start(Path folder, String name, List<String> javaOptions, Object... words)
      throws IOException {
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    Process process =
        process(conntrace(javaOptions, words))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Running(process, out, err);
  }

  /** A process whose output goes to files. */
  record Running(Process process, Path outFile, Path errFile) {
    String out() throws IOException {
      return Files.readString(outFile);
    }

    String err() throws IOException {
      return Files.readString(errFile);
    }

    /** Waits until this is said on standard error. */
    void awaitSaying(String text) throws Exception {
      while (!err().contains(text)) {
        assertTrue(process.isAlive(), () -> "it ended too early: " + quietly(errFile));
        Thread.sleep(20);
      }
    }

    /** Sends a signal. */
    void signal(String name) throws Exception {
      new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid())).start().waitFor();
    }

    /** Waits for the end and returns the exit status. */
    int await() throws InterruptedException {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it did not end: " + quietly(errFile));
      }
      return process.exitValue();
    }

    private static String quietly(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        return e.toString();
      }
    }
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
