package dev.conntrace.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The name of a process or thread: at most 15 bytes of any kind, UTF-8 by custom and cut off
 * anywhere (prctl(2), PR_SET_NAME). What is none becomes U+FFFD; control characters stay: whoever
 * prints it escapes them.
 */
final class ProcessName {
  private ProcessName() {}

  /** Returns a name in words. */
  static String of(byte[] name) {
    return new String(name, UTF_8);
  }

  /** Returns the name of a process; null if it has ended. */
  static @Nullable String read(Path proc, long pid) {
    try {
      String line = of(Files.readAllBytes(proc.resolve(Long.toString(pid)).resolve("comm")));
      return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    } catch (IOException e) {
      return null;
    }
  }
}
