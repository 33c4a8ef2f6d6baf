package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.Layer;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  static List<Sample> samples() {
    return Sample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void headersAndDataAddUpToThePacket(Sample sample) throws IOException {
    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(sample.bytes()))) {
      new Tracer(TracerOptions.DEFAULT, new Adding()).trace(source);
    } catch (CaptureException e) {
      // Some samples are damaged on purpose: what comes before the damage has been added up.
      assertTrue(sample.toString().contains("damaged"), e.getMessage());
    }
  }

  private static final class Adding implements TraceSink {
    @Override
    public boolean wants(Importance importance, int connection) {
      return importance == Importance.SEGMENT;
    }

    @Override
    public void on(SegmentSeen event) {
      HeaderSizes headers = event.segment().headers();
      int sum = 0;
      for (Layer layer : headers.layers()) {
        assertTrue(layer.bytes() > 0, layer.toString());
        sum += layer.bytes();
      }
      assertEquals(headers.total(), sum, event.toString());
      // Kernels neither pad nor add trailers.
      assertEquals(event.segment().originalLength(), sum + event.segment().length());
    }
  }
}
