package dev.conntrace.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A capture in {@code sample-captures}, found by looking there.
 *
 * @param capture its path from the repository root
 */
public record Sample(Path capture) {
  static final Path FOLDER = Path.of("sample-captures");

  private static final List<String> ENDINGS =
      List.of(".pcap.gz", ".pcapng.gz", ".pcap.zst", ".pcap.lz4", ".pcap", ".pcapng");

  /** Returns every sample, in the order of their names. */
  public static List<Sample> all() {
    return filesIn(FOLDER).stream().filter(Sample::isCapture).map(Sample::new).toList();
  }

  /** Returns all files in a folder and its folders, in the order of their names. */
  static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isCapture(Path file) {
    return ENDINGS.stream().anyMatch(file.toString()::endsWith);
  }

  /** Returns the file beside the capture that has its name with another ending. */
  Path beside(String ending) {
    String name = capture.getFileName().toString();
    for (String captureEnding : ENDINGS) {
      if (name.endsWith(captureEnding)) {
        name = name.substring(0, name.length() - captureEnding.length());
        break;
      }
    }
    return capture.resolveSibling(name + ending);
  }

  /** Returns whether reading it ends early; the folder says so. */
  boolean isDamaged() {
    return capture.getParent().endsWith("damaged-files");
  }

  public byte[] bytes() {
    try {
      return Files.readAllBytes(capture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return capture.toString();
  }
}
