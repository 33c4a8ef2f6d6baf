package dev.conntrace.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many files in a folder that are written to by turns. Only some are open at a time: the one that
 * was not written to for longest is closed, and opened again when more comes. Each is there as a
 * whole when it is finished, the others when all are closed.
 */
final class OpenFiles implements Closeable {
  private static final int MOST_OPEN = 128;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Path folder;
  private final boolean overwrites;
  private final LinkedHashMap<String, OutputStream> open = new LinkedHashMap<>(64, 0.75f, true);

  /** The files that were begun, open or closed for now. */
  private final Map<String, WholeFile> begun = new HashMap<>();

  private boolean givenUp;

  OpenFiles(Path folder, boolean overwrites) {
    this.folder = folder;
    this.overwrites = overwrites;
  }

  Path folder() {
    return folder;
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
    WholeFile file = begun.get(name);
    if (file != null) {
      return file.reopen();
    }
    file = fileOf(name);
    OutputStream stream = file.open();
    begun.put(name, file);
    return stream;
  }

  /**
   * Returns a file of the folder. Whose link stands in its place is not asked: none is followed.
   *
   * @throws FileAlreadyExistsException if it is there and must not be overwritten
   */
  WholeFile fileOf(String name) throws IOException {
    Path path = folder.resolve(name);
    if (!overwrites && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return WholeFile.inPlace(path, overwrites);
  }

  private void closeOldest() throws IOException {
    if (open.size() <= MOST_OPEN) {
      return;
    }
    Iterator<Map.Entry<String, OutputStream>> oldest = open.entrySet().iterator();
    Map.Entry<String, OutputStream> entry = oldest.next();
    oldest.remove();
    entry.getValue().close();
  }

  /** Completes a file to which no more will be written. */
  void finish(String name) throws IOException {
    OutputStream stream = open.remove(name);
    WholeFile file = begun.remove(name);
    if (stream != null) {
      stream.close();
    }
    if (file != null) {
      file.finish();
    }
  }

  /** Takes back, on closing, what is not finished. */
  void giveUp() {
    givenUp = true;
  }

  @Override
  public void close() throws IOException {
    for (OutputStream file : open.values()) {
      file.close();
    }
    open.clear();
    for (WholeFile file : begun.values()) {
      if (givenUp) {
        file.discard();
      } else {
        file.finish();
      }
    }
    begun.clear();
  }
}
