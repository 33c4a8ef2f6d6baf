package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamSink;
import java.io.IOException;

/** Streams for programs: a record for each run of bytes, and for what is to be said of them. */
final class RecordedStreams implements StreamSink {
  private final String file;
  private final NdjsonRecords records;

  RecordedStreams(String file, NdjsonRecords records) {
    this.file = file;
    this.records = records;
  }

  @Override
  public void chunk(StreamId stream, StreamPiece piece) throws IOException {
    records.chunk(file, stream, piece);
  }

  @Override
  public void gap(StreamGap gap) throws IOException {
    records.gap(file, gap);
  }

  @Override
  public void conflict(StreamConflict conflict) throws IOException {
    records.conflict(file, conflict);
  }

  @Override
  public void aside(StreamAside aside) throws IOException {
    records.aside(file, aside);
  }

  @Override
  public void end(StreamEnd end) throws IOException {
    records.stream(file, end, null, null);
  }
}
