package dev.conntrace.trace.field;

import dev.conntrace.trace.RetransmissionTimer;
import dev.conntrace.trace.RoundTripReport;
import dev.conntrace.trace.RoundTrips;
import dev.conntrace.trace.RttStatistics;
import org.jspecify.annotations.Nullable;

/** What the fields of {@code round_trips} hold. */
final class RoundTripValues {
  private RoundTripValues() {}

  static @Nullable Object of(ConnectionField field, RoundTripReport report) {
    boolean ofClient = field.id().startsWith("round_trips.from_client");
    RoundTrips trips = ofClient ? report.fromClient() : report.fromServer();
    return switch (field) {
      case CLIENT_LEG, SERVER_LEG ->
          trips.handshakeNanos() == RoundTrips.UNKNOWN ? null : trips.handshakeNanos();
      case CLIENT_TRIPS, SERVER_TRIPS -> unlessZero(trips.data().samples());
      case CLIENT_TRIPS_UNMEASURED, SERVER_TRIPS_UNMEASURED -> unlessZero(trips.unmeasured());
      case CLIENT_SRTT,
          SERVER_SRTT,
          CLIENT_RTTVAR,
          SERVER_RTTVAR,
          CLIENT_RTO,
          SERVER_RTO,
          CLIENT_TIMEOUTS,
          SERVER_TIMEOUTS ->
          ofTimer(field, trips.timer());
      default -> ofData(field, trips.data());
    };
  }

  private static @Nullable Long ofTimer(
      ConnectionField field, @Nullable RetransmissionTimer timer) {
    if (timer == null) {
      return null;
    }
    return switch (field) {
      case CLIENT_SRTT, SERVER_SRTT -> timer.smoothedNanos();
      case CLIENT_RTTVAR, SERVER_RTTVAR -> timer.variationNanos();
      case CLIENT_RTO, SERVER_RTO -> timer.timeoutNanos();
      default -> timer.fired();
    };
  }

  private static @Nullable Long ofData(ConnectionField field, RttStatistics data) {
    if (data.samples() == 0) {
      return null;
    }
    return switch (field) {
      case CLIENT_TRIPS_MIN, SERVER_TRIPS_MIN -> data.minNanos();
      case CLIENT_TRIPS_MEDIAN, SERVER_TRIPS_MEDIAN -> data.medianNanos();
      case CLIENT_TRIPS_P95, SERVER_TRIPS_P95 -> data.p95Nanos();
      default -> data.maxNanos();
    };
  }

  private static @Nullable Long unlessZero(long number) {
    return number == 0 ? null : number;
  }
}
