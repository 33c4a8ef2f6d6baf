package dev.conntrace.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Follows symbolic links on the way to a file that will be written, but none that another user
 * made: in a folder that all may write to, such a link makes the writer destroy a file of its own.
 * Linux does the same for some folders where {@code fs.protected_symlinks} is set (proc_sys_fs(5));
 * here it holds for all of them.
 */
final class OwnLinks {
  private static final int MAX_LINKS = 40;
  private static final String SUPERUSER = "root";

  private OwnLinks() {}

  /**
   * Returns the file that {@code path} leads to, which need not be there yet; {@code path} itself
   * where it is no link. Only the last name is looked at, as whoever wrote the path chose its
   * folders.
   *
   * @throws FileSystemException if a link was made by another user than this one, the owner of the
   *     link's folder, or root
   */
  static Path follow(Path path) throws IOException {
    Path at = path;
    for (int links = 0; Files.isSymbolicLink(at); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemException(path.toString(), null, "too many links");
      }
      requireTrusted(at);
      Path next = at.resolveSibling(Files.readSymbolicLink(at));
      if (Files.exists(at) && !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        // What /proc/self/fd shows leads somewhere, but its words are no path.
        return at;
      }
      at = next;
    }
    return at;
  }

  private static void requireTrusted(Path link) throws IOException {
    String maker = owner(link);
    Path folder = link.toAbsolutePath().getParent();
    boolean trusted =
        maker.equals(System.getProperty("user.name"))
            || maker.equals(SUPERUSER)
            || (folder != null && maker.equals(owner(folder)));
    if (!trusted) {
      throw new FileSystemException(
          link.toString(),
          null,
          "is a link that another user made (" + maker + "); name the file itself");
    }
  }

  private static String owner(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
  }
}
