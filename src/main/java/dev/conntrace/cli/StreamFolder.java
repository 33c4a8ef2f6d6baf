package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamSink;
import dev.conntrace.stream.StreamTotals;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TransportAddress;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a file for each stream that has bytes, and {@code streams.ndjson}, which says what
 * became of each and what is not in the files. Names are made of numbers and addresses alone.
 */
final class StreamFolder implements StreamSink, Closeable {
  private static final String INDEX = "streams.ndjson";
  private static final int NUMBER_DIGITS = 6;

  private final String capture;
  private final OpenFiles files;
  private @Nullable WholeFile index;
  private final @Nullable GapFiller filler;
  private @Nullable NdjsonRecords records;
  private long connections;
  private long streams;
  private long bytes;
  private boolean givenUp;

  /**
   * Prepares to fill a folder.
   *
   * @param filler what fills gaps; null to leave them out
   * @throws UsageException if it is none, or holds something and must not be overwritten
   */
  StreamFolder(String folder, String capture, boolean overwrites, @Nullable GapFiller filler)
      throws UsageException, IOException {
    Path path = Path.of(folder);
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UsageException(folder + " is no folder");
    }
    if (!overwrites && Files.isDirectory(path) && !isEmpty(path)) {
      throw new UsageException(
          folder + " is not empty: name another folder, or overwrite files in it with --force");
    }
    this.capture = capture;
    this.filler = filler;
    this.files = new OpenFiles(path, overwrites);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  @Override
  public void begin(ConnectionOpened connection) throws IOException {
    records();
  }

  @Override
  public void chunk(StreamId stream, StreamPiece piece) throws IOException {
    files.of(name(stream)).write(piece.bytes());
    bytes += piece.length();
  }

  @Override
  public void gap(StreamGap gap) throws IOException {
    records().gap(capture, gap);
    if (filler != null) {
      filler.fill(gap, files.of(name(gap.stream())));
    }
  }

  @Override
  public void conflict(StreamConflict conflict) throws IOException {
    records().conflict(capture, conflict);
  }

  @Override
  public void aside(StreamAside aside) throws IOException {
    records().aside(capture, aside);
  }

  @Override
  public void end(StreamEnd end) throws IOException {
    connections++;
    records().stream(
        capture,
        end,
        finish(end, end.fromClient(), Side.CLIENT),
        finish(end, end.fromServer(), Side.SERVER));
  }

  /** Returns the name of a stream's file; null if there is none. */
  private @Nullable String finish(StreamEnd end, StreamTotals totals, Side from)
      throws IOException {
    boolean filled = filler != null && totals.gaps() > 0;
    if (totals.bytes() == 0 && !filled) {
      return null;
    }
    streams++;
    String name = name(new StreamId(end.connection(), end.key(), from));
    files.finish(name);
    return name;
  }

  /** Makes the folder with the first connection, when the capture has turned out to be one. */
  private NdjsonRecords records() throws IOException {
    NdjsonRecords made = records;
    if (made == null) {
      makeFolder();
      WholeFile file = files.fileOf(INDEX);
      OutputStreamWriter writer = new OutputStreamWriter(file.open(), StandardCharsets.UTF_8);
      made = new NdjsonRecords(new BufferedWriter(writer));
      index = file;
      records = made;
    }
    return made;
  }

  private void makeFolder() {
    try {
      Files.createDirectories(files.folder());
    } catch (IOException e) {
      throw new OutputFailure("to the folder " + files.folder(), e);
    }
  }

  /** Returns what was written, in words. */
  String summary() {
    return streams
        + (streams == 1 ? " stream" : " streams")
        + " of "
        + connections
        + (connections == 1 ? " connection" : " connections")
        + ", "
        + bytes
        + (bytes == 1 ? " byte" : " bytes")
        + ", written to "
        + files.folder();
  }

  /** Takes back, on closing, what is not finished: it will not be complete. */
  void giveUp() {
    givenUp = true;
    files.giveUp();
  }

  @Override
  public void close() {
    try {
      files.close();
      if (records != null && index != null) {
        records.close();
        if (givenUp) {
          index.discard();
        } else {
          index.finish();
        }
      }
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  private static String name(StreamId stream) {
    ConnectionKey key = stream.key();
    String number = Integer.toString(stream.connection());
    return "0".repeat(Math.max(0, NUMBER_DIGITS - number.length()))
        + number
        + "_"
        + safe(key.client())
        + "_"
        + safe(key.server())
        + "_"
        + stream.from().id()
        + ".bin";
  }

  /** Returns an address without characters that mean something to a file system. */
  private static String safe(TransportAddress address) {
    return address.host().replace(':', '-') + "." + address.port();
  }
}
