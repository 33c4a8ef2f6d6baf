package dev.conntrace.stream;

import dev.conntrace.trace.ConnectionOpened;
import java.io.IOException;

/**
 * Receives the streams of connections, each in order and each byte once. What is told of one stream
 * comes in the order of its positions, except conflicts and asides, which come when they are seen;
 * streams that run side by side take turns as their bytes become deliverable.
 *
 * <p>An {@link IOException} reaches the caller of the tracer inside an {@link
 * java.io.UncheckedIOException}.
 */
public interface StreamSink {
  /** Takes note of a connection, before anything else of it. */
  default void begin(ConnectionOpened connection) throws IOException {}

  /** Takes the next bytes of a stream: all that one segment brought of them. */
  void chunk(StreamId stream, StreamPiece piece) throws IOException;

  /** Takes note that the next bytes of a stream are missing. */
  void gap(StreamGap gap) throws IOException;

  /** Takes note of a contradiction. */
  void conflict(StreamConflict conflict) throws IOException;

  /** Takes payload that is no part of the stream. */
  void aside(StreamAside aside) throws IOException;

  /** Takes note that nothing more comes of a connection. */
  void end(StreamEnd end) throws IOException;
}
