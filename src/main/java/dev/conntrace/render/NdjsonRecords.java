package dev.conntrace.render;

import dev.conntrace.expect.Difference;
import dev.conntrace.expect.Outcome;
import dev.conntrace.expect.VerdictCount;
import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.Ownership;
import dev.conntrace.trace.SegmentSeen;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records for programs: one JSON object a line. What is absent is left out, never null; maps
 * and lists are there even where they are empty.
 */
public final class NdjsonRecords implements Closeable, Flushable {
  private final Writer out;
  private final AsciiText text = new AsciiText();
  private final JsonWriter json = new JsonWriter(text);

  /** Writes to {@code out}; quickest where that is an {@link AsciiOutput}. */
  public NdjsonRecords(Writer out) {
    this.out = out;
  }

  /** Writes a segment's record. */
  public void packet(String file, SegmentSeen event) throws IOException {
    PacketRecord.write(json, file, event);
    end();
  }

  /** Writes the record of a segment whose verdicts have changed since its own was written. */
  public void revision(String file, SegmentSeen event) throws IOException {
    PacketRecord.writeRevision(json, file, event);
    end();
  }

  /** Writes the record of what the kernel has of one end of a connection. */
  public void kernel(String file, KernelObserved event) throws IOException {
    KernelRecord.write(json, file, event);
    end();
  }

  /** Writes a connection's record. */
  public void connection(String file, ConnectionReport report) throws IOException {
    ConnectionRecord.write(json, file, report);
    end();
  }

  /** Writes the record of whose a connection is. */
  public void owner(String file, int connection, Ownership ownership) throws IOException {
    OwnershipRecord.write(json, file, connection, ownership);
    end();
  }

  /** Writes a capture's record. */
  public void summary(String file, CaptureReport report) throws IOException {
    SummaryRecord.write(json, file, report);
    end();
  }

  /**
   * Writes the record of a difference between two captures.
   *
   * @param file the first capture
   * @param other the second capture
   */
  public void difference(String file, String other, Difference difference) throws IOException {
    DifferenceRecord.write(json, file, other, difference);
    end();
  }

  /** Writes the records of what became of a capture's expectations, and the one of their number. */
  public void outcomes(String file, List<Outcome> outcomes) throws IOException {
    for (Outcome outcome : outcomes) {
      OutcomeRecord.write(json, file, outcome);
      end();
    }
    OutcomeRecord.writeCount(json, file, VerdictCount.of(outcomes));
    end();
  }

  /** Hands the record to the writer: whoever flushes that shall find whole records in it. */
  private void end() throws IOException {
    text.append('\n');
    if (out instanceof AsciiOutput ascii) {
      ascii.writeAscii(text.bytes(), text.length());
    } else {
      out.write(text.toString());
    }
    text.clear();
  }

  /** Writes the record of a stream's next bytes. */
  public void chunk(String file, StreamId stream, StreamPiece piece) throws IOException {
    StreamRecords.chunk(json, file, stream, piece);
    end();
  }

  /** Writes the record of bytes that are missing from a stream. */
  public void gap(String file, StreamGap gap) throws IOException {
    StreamRecords.gap(json, file, gap);
    end();
  }

  /** Writes the record of bytes that contradict each other. */
  public void conflict(String file, StreamConflict conflict) throws IOException {
    StreamRecords.conflict(json, file, conflict);
    end();
  }

  /** Writes the record of payload that is no part of a stream. */
  public void aside(String file, StreamAside aside) throws IOException {
    StreamRecords.aside(json, file, aside);
    end();
  }

  /**
   * Writes the record of a connection whose streams are complete.
   *
   * @param clientFile the file that holds the client's bytes; null if there is none
   * @param serverFile the file that holds the server's bytes; null if there is none
   */
  public void stream(
      String file, StreamEnd end, @Nullable String clientFile, @Nullable String serverFile)
      throws IOException {
    StreamRecords.stream(json, file, end, clientFile, serverFile);
    end();
  }

  /** Flushes the writer. */
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
