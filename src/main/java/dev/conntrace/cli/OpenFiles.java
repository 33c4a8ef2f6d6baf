package dev.conntrace.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Many files in a folder that are written to by turns. Only some are open at a time: the one that
 * was not written to for longest is closed, and opened again when more comes.
 */
final class OpenFiles implements Closeable {
  private static final int MOST_OPEN = 128;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Path folder;
  private final boolean overwrites;
  private final LinkedHashMap<String, OutputStream> open = new LinkedHashMap<>(64, 0.75f, true);

  /** The files that are closed for now, but not finished. */
  private final Set<String> begun = new HashSet<>();

  OpenFiles(Path folder, boolean overwrites) {
    this.folder = folder;
    this.overwrites = overwrites;
  }

  Path folder() {
    return folder;
  }

  /** Returns how to open a file that is not there yet. A link in its place is never followed. */
  static OpenOption[] options(boolean overwrites) {
    return overwrites
        ? new OpenOption[] {
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS
        }
        : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
  }

  /** Returns a file to write more to. */
  OutputStream of(String name) throws IOException {
    OutputStream file = open.get(name);
    if (file == null) {
      file = new BufferedOutputStream(open(name), BUFFER_BYTES);
      open.put(name, file);
      closeOldest();
    }
    return file;
  }

  private OutputStream open(String name) throws IOException {
    Path path = folder.resolve(name);
    return begun.remove(name)
        ? Files.newOutputStream(path, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)
        : Files.newOutputStream(path, options(overwrites));
  }

  private void closeOldest() throws IOException {
    if (open.size() <= MOST_OPEN) {
      return;
    }
    Iterator<Map.Entry<String, OutputStream>> oldest = open.entrySet().iterator();
    Map.Entry<String, OutputStream> entry = oldest.next();
    oldest.remove();
    begun.add(entry.getKey());
    entry.getValue().close();
  }

  /** Closes a file to which no more will be written. */
  void finish(String name) throws IOException {
    begun.remove(name);
    OutputStream file = open.remove(name);
    if (file != null) {
      file.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (OutputStream file : open.values()) {
      file.close();
    }
    open.clear();
  }
}
