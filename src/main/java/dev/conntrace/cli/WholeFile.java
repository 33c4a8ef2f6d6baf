package dev.conntrace.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written under another name, beside its place, until it is complete: nobody finds
 * half of it, and what was there before stays until then. A device or a pipe is written to as it
 * is. A link is followed only if {@link OwnLinks} allows it.
 */
final class WholeFile {
  private final Path place;
  private final boolean replaces;
  private final @Nullable Path unfinished;
  private boolean done;

  private WholeFile(Path place, boolean replaces, @Nullable Path unfinished) {
    this.place = place;
    this.replaces = replaces;
    this.unfinished = unfinished;
  }

  /**
   * Prepares to write a file; nothing is made yet.
   *
   * @param replaces whether a file that is there may be replaced; else not even a link may be there
   * @throws IOException if it cannot be written there
   */
  static WholeFile at(Path path, boolean replaces) throws IOException {
    Path place = replaces ? OwnLinks.follow(path) : path;
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      return new WholeFile(place, replaces, null);
    }
    return inPlace(place, replaces);
  }

  /** Prepares to write a file in the place of whatever is there, a link too: none is followed. */
  static WholeFile inPlace(Path place, boolean replaces) throws IOException {
    if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(place)) {
      throw new AccessDeniedException(place.toString());
    }
    return new WholeFile(place, replaces, place.resolveSibling(unusedName()));
  }

  private static String unusedName() {
    return ".conntrace-"
        + ProcessHandle.current().pid()
        + "-"
        + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX);
  }

  /** Makes the file; to be closed before {@link #finish}. */
  OutputStream open() throws IOException {
    if (unfinished == null) {
      return Files.newOutputStream(place, StandardOpenOption.WRITE);
    }
    OutputStream stream = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW);
    unfinished.toFile().deleteOnExit();
    return stream;
  }

  /** Opens it once more, to write behind what is there. */
  OutputStream reopen() throws IOException {
    return Files.newOutputStream(
        unfinished == null ? place : unfinished,
        StandardOpenOption.APPEND,
        LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Gives the file its name; nothing more may come.
   *
   * @throws IOException if there is one of that name by now that must not be replaced
   */
  void finish() throws IOException {
    if (done || unfinished == null) {
      return;
    }
    if (replaces) {
      keepPermissions(unfinished);
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    } else {
      moveToFreePlace(unfinished);
    }
    done = true;
  }

  /** Whoever made the old file unreadable for others wants that of the new one too. */
  private void keepPermissions(Path file) throws IOException {
    try {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(place));
      }
    } catch (UnsupportedOperationException e) {
      // A file system without permissions.
    }
  }

  /** A second name can only be given where none is; a move would push out what is there. */
  private void moveToFreePlace(Path file) throws IOException {
    try {
      Files.createLink(place, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      // A file system without hard links.
      Files.move(file, place);
      return;
    }
    Files.delete(file);
  }

  /** Forgets what was written, unless it is {@linkplain #finish finished}. */
  void discard() throws IOException {
    if (!done && unfinished != null) {
      Files.deleteIfExists(unfinished);
    }
    done = true;
  }
}
