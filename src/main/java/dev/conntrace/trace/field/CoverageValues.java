package dev.conntrace.trace.field;

import dev.conntrace.trace.AckCoverage;
import org.jspecify.annotations.Nullable;

/** What the fields of {@code acks} hold: of a segment that acknowledges something new. */
final class CoverageValues {
  private CoverageValues() {}

  static @Nullable Object of(PacketField field, @Nullable AckCoverage acks) {
    if (acks == null) {
      return null;
    }
    return switch (field) {
      case ACKS_SEGMENTS -> (long) acks.segments();
      case ACKS_IS_LEAST -> acks.isLeast() ? true : null;
      case ACKS_BYTES -> acks.bytes();
      case ACKS_UNSEEN_BYTES -> unlessZero(acks.unseenBytes());
      case ACKS_FIRST_FRAME -> unlessZero(acks.firstFrame());
      case ACKS_LAST_FRAME -> unlessZero(acks.lastFrame());
      case ACKS_PARTLY_FRAME -> unlessZero(acks.partlyFrame());
      case ACKS_RESENT -> unlessZero(acks.resent());
      case ACKS_WAITED -> known(acks.oldestWaitedNanos());
      case ACKS_NEWEST_WAITED -> known(acks.newestWaitedNanos());
      default -> null;
    };
  }

  private static @Nullable Long unlessZero(long number) {
    return number == 0 ? null : number;
  }

  private static @Nullable Long known(long nanos) {
    return nanos == AckCoverage.UNKNOWN ? null : nanos;
  }
}
