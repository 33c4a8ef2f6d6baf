package dev.conntrace.cli;

import dev.conntrace.render.StreamWords;
import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamSink;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The bytes as they are and nothing else; what is to be said of them goes to standard error. */
final class RawStreams implements StreamSink {
  private static final int MOST_REMARKS = 10;

  private final OutputStream out;
  private final Messages messages;
  private final @Nullable GapFiller filler;
  private long remarks;

  /**
   * Prepares to write.
   *
   * @param filler what fills gaps; null to leave them out
   */
  RawStreams(OutputStream out, Messages messages, @Nullable GapFiller filler) {
    this.out = out;
    this.messages = messages;
    this.filler = filler;
  }

  @Override
  public void chunk(StreamId stream, StreamPiece piece) throws IOException {
    out.write(piece.bytes());
  }

  @Override
  public void gap(StreamGap gap) throws IOException {
    remark(StreamWords.gap(gap));
    if (filler != null) {
      filler.fill(gap, out);
    }
  }

  @Override
  public void conflict(StreamConflict conflict) {
    remark(StreamWords.conflict(conflict));
  }

  @Override
  public void aside(StreamAside aside) {
    if (aside.reason() != StreamAside.Reason.KEEP_ALIVE) {
      remark(StreamWords.aside(aside));
    }
  }

  private void remark(String text) {
    remarks++;
    if (remarks <= MOST_REMARKS) {
      messages.note(text);
    }
  }

  @Override
  public void end(StreamEnd end) throws IOException {
    if (remarks > MOST_REMARKS) {
      messages.note((remarks - MOST_REMARKS) + " more remarks; without --raw all are shown");
    }
    long bounds = end.fromClient().boundsReached() + end.fromServer().boundsReached();
    if (bounds > 0) {
      messages.note("a memory bound was reached; gaps were given up early: " + bounds);
    }
    out.flush();
  }
}
