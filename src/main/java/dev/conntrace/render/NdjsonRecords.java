package dev.conntrace.render;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;

/** Writes records for programs: one JSON object a line. What is absent is left out, never null. */
public final class NdjsonRecords implements Closeable, Flushable {
  private final Writer out;

  /** Writes to {@code out}. */
  public NdjsonRecords(Writer out) {
    this.out = out;
  }

  /** Writes a segment's record. */
  public void packet(String file, SegmentSeen event) throws IOException {
    out.write("");
  }

  /** Writes a connection's record. */
  public void connection(String file, ConnectionReport report) throws IOException {
    out.write("");
  }

  /** Writes a capture's record. */
  public void summary(String file, CaptureReport report) throws IOException {
    out.write("");
  }

  /** Hands everything written so far to the writer, and flushes that. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Flushes and closes the writer. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
