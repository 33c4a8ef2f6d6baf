package dev.conntrace.trace.field;

import dev.conntrace.trace.StreamBuffers;
import org.jspecify.annotations.Nullable;

/** What the fields of {@code buffers} hold, which are absent for a direction without data. */
final class BufferValues {
  private BufferValues() {}

  static @Nullable Object of(ConnectionField field, StreamBuffers stream) {
    if (stream.isEmpty()) {
      return null;
    }
    return switch (field) {
      case CLIENT_DATA_SEGMENTS, SERVER_DATA_SEGMENTS -> stream.dataSegments();
      case CLIENT_FULL_SIZED, SERVER_FULL_SIZED -> known(stream.fullSizedSegments());
      case CLIENT_PUSH_RUNS, SERVER_PUSH_RUNS -> stream.pushRuns().count();
      case CLIENT_UNACKNOWLEDGED, SERVER_UNACKNOWLEDGED -> stream.unacknowledged().bytes();
      case CLIENT_OUT_OF_ORDER, SERVER_OUT_OF_ORDER -> stream.outOfOrder().bytes();
      case CLIENT_UNREAD, SERVER_UNREAD -> stream.unread().bytes();
      case CLIENT_DELAYED, SERVER_DELAYED -> stream.late().bytes();
      case CLIENT_LONGEST_DELAY, SERVER_LONGEST_DELAY -> known(stream.late().longestNanos());
      default -> throw new IllegalArgumentException(field.id() + " is not of buffers");
    };
  }

  private static @Nullable Long known(long number) {
    return number == StreamBuffers.UNKNOWN ? null : number;
  }
}
