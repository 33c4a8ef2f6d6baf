package dev.conntrace.trace.field;

import dev.conntrace.trace.CongestionReport;
import dev.conntrace.trace.CongestionReport.Sender;
import org.jspecify.annotations.Nullable;

/** What the fields of {@code congestion} hold: the figures of a side that sent enough. */
final class CongestionValues {
  private CongestionValues() {}

  static @Nullable Object of(ConnectionField field, CongestionReport report) {
    Sender sender = isOfClient(field) ? report.fromClient() : report.fromServer();
    if (sender == null) {
      return null;
    }
    boolean begun = sender.initialWindow().bytes() > 0;
    return switch (field) {
      case CLIENT_FLIGHT_BASIS, SERVER_FLIGHT_BASIS -> sender.basis().id();
      case CLIENT_INITIAL_WINDOW_BYTES, SERVER_INITIAL_WINDOW_BYTES ->
          begun ? sender.initialWindow().bytes() : null;
      case CLIENT_INITIAL_WINDOW_SEGMENTS, SERVER_INITIAL_WINDOW_SEGMENTS ->
          begun ? sender.initialWindow().segments() : null;
      case CLIENT_MAX_FLIGHT_BYTES, SERVER_MAX_FLIGHT_BYTES -> sender.maxFlight().bytes();
      case CLIENT_MAX_FLIGHT_SEGMENTS, SERVER_MAX_FLIGHT_SEGMENTS -> sender.maxFlight().segments();
      case CLIENT_ROUNDS, SERVER_ROUNDS -> sender.rounds();
      default -> sender.leftOut();
    };
  }

  private static boolean isOfClient(ConnectionField field) {
    return switch (field) {
      case CLIENT_FLIGHT_BASIS,
          CLIENT_INITIAL_WINDOW_BYTES,
          CLIENT_INITIAL_WINDOW_SEGMENTS,
          CLIENT_MAX_FLIGHT_BYTES,
          CLIENT_MAX_FLIGHT_SEGMENTS,
          CLIENT_ROUNDS,
          CLIENT_PHASES_LEFT_OUT ->
          true;
      default -> false;
    };
  }
}
