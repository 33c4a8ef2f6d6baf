package dev.conntrace.trace.field;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Handshake.InForce;
import dev.conntrace.trace.Handshake.Offer;
import dev.conntrace.trace.Multipath;
import dev.conntrace.trace.TimeWait;
import dev.conntrace.trace.TimeWait.TakeOver;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the fields of {@code handshake} and {@code time_wait} hold, which may be absent as such. */
final class OpeningValues {
  private OpeningValues() {}

  static @Nullable Object of(ConnectionField field, ConnectionReport report) {
    TimeWait wait = report.timeWait();
    Handshake handshake = report.handshake();
    return switch (field) {
      case TIME_WAIT_OWNER -> wait == null ? null : wait.owner().id();
      case TIME_WAIT_START -> wait == null ? null : ConnectionField.time(wait.startNanos());
      case TIME_WAIT_EXPECTED_END ->
          wait == null ? null : ConnectionField.time(wait.expectedEndNanos());
      case TIME_WAIT_RESTARTS -> wait == null ? null : (long) wait.restarts();
      case TIME_WAIT_ENDED, TIME_WAIT_TAKEN_OVER_BY, TIME_WAIT_TAKEN_OVER_FRAME ->
          wait == null ? null : ofTakeOver(field, wait.takeOver());
      default -> handshake == null ? null : ofHandshake(field, handshake);
    };
  }

  private static @Nullable Object ofTakeOver(ConnectionField field, @Nullable TakeOver next) {
    if (next == null) {
      return null;
    }
    return switch (field) {
      case TIME_WAIT_ENDED -> ConnectionField.time(next.nanos());
      case TIME_WAIT_TAKEN_OVER_BY -> (long) next.connection();
      default -> next.frame();
    };
  }

  private static @Nullable Object ofHandshake(ConnectionField field, Handshake handshake) {
    return switch (field) {
      case SYN_FRAME -> orNull(handshake.synFrame());
      case SYN_ACK_FRAME -> orNull(handshake.synAckFrame());
      case ACK_FRAME -> orNull(handshake.ackFrame());
      case RTT_SERVER -> orNull(handshake.rttServerNanos());
      case RTT_CLIENT -> orNull(handshake.rttClientNanos());
      case CLIENT_MSS,
          CLIENT_WINDOW_SCALE,
          CLIENT_SACK,
          CLIENT_TIMESTAMPS,
          CLIENT_ECN,
          CLIENT_TFO ->
          ofOffer(field, handshake.client());
      case SERVER_MSS,
          SERVER_WINDOW_SCALE,
          SERVER_SACK,
          SERVER_TIMESTAMPS,
          SERVER_ECN,
          SERVER_TFO ->
          ofOffer(field, handshake.server());
      case MPTCP_JOINS, MPTCP_ACCEPTED, MPTCP_VERSION, MPTCP_TOKEN, MPTCP_CONNECTION ->
          handshake.multipath() == null ? null : ofMultipath(field, handshake.multipath());
      // What neither side has offered yet cannot be in force.
      default ->
          handshake.client().seen() && handshake.server().seen()
              ? inForce(field, handshake.inForce())
              : null;
    };
  }

  private static @Nullable Object ofMultipath(ConnectionField field, Multipath multipath) {
    return switch (field) {
      case MPTCP_JOINS -> multipath.joins();
      case MPTCP_ACCEPTED -> multipath.accepted();
      case MPTCP_VERSION -> orNull(multipath.version());
      case MPTCP_TOKEN -> multipath.token().isPresent() ? multipath.tokenText() : null;
      default -> multipath.firstConnection() == 0 ? null : (long) multipath.firstConnection();
    };
  }

  private static @Nullable Object ofOffer(ConnectionField field, Offer offer) {
    if (!offer.seen()) {
      return null;
    }
    return switch (field) {
      case CLIENT_MSS, SERVER_MSS -> orNull(offer.mssBytes());
      case CLIENT_WINDOW_SCALE, SERVER_WINDOW_SCALE -> orNull(offer.windowScale());
      case CLIENT_SACK, SERVER_SACK -> offer.sack();
      case CLIENT_TIMESTAMPS, SERVER_TIMESTAMPS -> offer.timestamps();
      case CLIENT_ECN, SERVER_ECN -> offer.ecn();
      default -> offer.fastOpen();
    };
  }

  private static Object inForce(ConnectionField field, InForce force) {
    return switch (field) {
      case FORCE_CLIENT_MSS -> (long) force.clientMssBytes();
      case FORCE_SERVER_MSS -> (long) force.serverMssBytes();
      case FORCE_CLIENT_WINDOW_SCALE -> (long) force.clientWindowScale();
      case FORCE_SERVER_WINDOW_SCALE -> (long) force.serverWindowScale();
      case FORCE_SACK -> force.sack();
      case FORCE_TIMESTAMPS -> force.timestamps();
      case FORCE_ECN -> force.ecn();
      default -> throw new IllegalArgumentException(field.id() + " is not of a handshake");
    };
  }

  private static @Nullable Long orNull(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static @Nullable Long orNull(OptionalInt number) {
    return number.isPresent() ? (long) number.getAsInt() : null;
  }
}
