package dev.conntrace.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file for results, which is there as a whole when it is closed. It is made with the first byte,
 * so that wrong usage leaves none behind.
 */
final class NewFile extends OutputStream {
  private final Path path;
  private final boolean overwrites;
  private @Nullable WholeFile file;
  private @Nullable OutputStream out;

  /** Once it takes no more that is told, and not again when it is closed. */
  private boolean isBroken;

  private NewFile(Path path, boolean overwrites) {
    this.path = path;
    this.overwrites = overwrites;
  }

  /**
   * Prepares to make a file.
   *
   * @throws UsageException if there is one of that name that must not be overwritten
   */
  static NewFile at(String name, boolean overwrites, Iterable<String> captures)
      throws UsageException {
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      throw new UsageException(name + " is a folder");
    }
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new UsageException(name + ": there is no folder " + parent);
    }
    if (!overwrites && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(name + " exists: name another file, or overwrite it with --force");
    }
    if (overwrites) {
      requireOwnLinks(path);
    }
    for (String capture : captures) {
      if (isSame(path, capture)) {
        throw new UsageException(name + " is the capture itself");
      }
    }
    return new NewFile(path, overwrites);
  }

  private static void requireOwnLinks(Path path) throws UsageException {
    try {
      OwnLinks.follow(path);
    } catch (IOException e) {
      throw new UsageException("cannot write " + e.getMessage());
    }
  }

  private static boolean isSame(Path path, String capture) {
    try {
      return Files.exists(path) && Files.isSameFile(path, Path.of(capture));
    } catch (IOException e) {
      // Where it cannot be told they are not the same: one of them is not there.
      return false;
    }
  }

  /** Makes the file, also where it stays empty. */
  OutputStream open() throws IOException {
    OutputStream open = out;
    if (open == null) {
      WholeFile whole = WholeFile.at(path, overwrites);
      open = new BufferedOutputStream(whole.open());
      file = whole;
      out = open;
    }
    return open;
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    try {
      open().write(bytes, from, count);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void flush() {
    if (out == null || isBroken) {
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Closes the file, which from now on is there, unless it took no more. */
  @Override
  public void close() {
    if (out == null || file == null) {
      return;
    }
    try {
      try {
        out.close();
        if (!isBroken) {
          file.finish();
        }
      } finally {
        file.discard();
      }
    } catch (IOException e) {
      if (!isBroken) {
        throw failure(e);
      }
    }
  }

  /** Takes back what was written: it will not be complete. */
  void giveUp() {
    isBroken = true;
  }

  private OutputFailure failure(IOException cause) {
    isBroken = true;
    return new OutputFailure(path.toString(), cause);
  }
}
