package dev.conntrace.expect;

import dev.conntrace.trace.AnnotationKind;
import org.jspecify.annotations.Nullable;

/** Where findings belong when captures are compared. */
final class DiffKinds {
  private DiffKinds() {}

  /**
   * Returns the aspect under which a finding is compared; null for what opening and closing tell.
   */
  static @Nullable DiffAspect aspectOf(AnnotationKind kind) {
    return switch (kind) {
      case SYN,
          SYN_ACK,
          HANDSHAKE_COMPLETE,
          SIMULTANEOUS_OPEN,
          FAST_OPEN,
          REFUSED,
          FIN,
          FIN_ACKED,
          HALF_CLOSE,
          SIMULTANEOUS_CLOSE,
          CLOSE_COMPLETE,
          TIME_WAIT ->
          null;
      case DUPLICATE_ACK,
          PARTIAL_ACK,
          STALE_ACK,
          STRETCH_ACK,
          DELAYED_ACK,
          SACK,
          DSACK,
          KEEP_ALIVE_ACK,
          ZERO_WINDOW_PROBE_ACK ->
          DiffAspect.ACKS;
      case WINDOW_UPDATE, WINDOW_FULL -> DiffAspect.WINDOWS;
      case IDLE_RESTART, NAGLE_WAIT -> DiffAspect.TIMES;
      default -> DiffAspect.FINDINGS;
    };
  }
}
