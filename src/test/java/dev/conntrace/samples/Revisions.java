package dev.conntrace.samples;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The records of verdicts that changed, had a sample been captured live. */
final class Revisions {
  private Revisions() {}

  static List<String> of(Path sample) throws IOException {
    StringWriter text = new StringWriter();
    try (NdjsonRecords records = new NdjsonRecords(text);
        PacketSource source = CaptureFile.open(sample)) {
      new Tracer(
              TracerOptions.DEFAULT,
              new TraceSink() {
                @Override
                public boolean wants(Importance importance, int connection) {
                  return importance == Importance.SEGMENT;
                }

                @Override
                public boolean wantsAtOnce() {
                  return true;
                }

                @Override
                public void on(SegmentRevised event) {
                  try {
                    records.revision("live", event.segment());
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }
              })
          .trace(source);
    } catch (CaptureException e) {
      // Some samples are damaged on purpose; what came before counts.
    }
    return text.toString().lines().toList();
  }
}
