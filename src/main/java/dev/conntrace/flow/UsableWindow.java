package dev.conntrace.flow;

/**
 * How much of a receiver's window its sender can use (RFC 9293 3.8.6.2.1): a sender that avoids
 * silly windows waits until a whole segment fits, or half of the largest window that it ever saw.
 */
public final class UsableWindow {
  private static final int TIMESTAMP_OPTION_BYTES = 12;

  /** What a host takes that names no MSS (RFC 9293 3.7.1). */
  private static final int DEFAULT_MSS = 536;

  private UsableWindow() {}

  /** Returns whether it is known in bytes what {@code receiver} allows. */
  public static boolean isKnown(Endpoint receiver) {
    return receiver.announcement().isKnown() && receiver.offer().isScaleSettled();
  }

  /**
   * Returns the least room in bytes, at least 1, in which {@code sender} sends a segment that is
   * not its last.
   */
  public static long leastBytes(Endpoint sender, Endpoint receiver) {
    long largest = receiver.announcement().largestWindowBytes();
    long half = largest > DEFAULT_MSS ? largest / 2 : largest;
    return Math.max(1, Math.min(segmentBytes(sender, receiver), half));
  }

  /** Returns how many bytes of payload a full segment to {@code receiver} has. */
  private static int segmentBytes(Endpoint sender, Endpoint receiver) {
    Offer offer = receiver.offer();
    if (!offer.hasMss()) {
      int largest = sender.totals().largestPayload();
      return largest == 0 ? DEFAULT_MSS : largest;
    }
    boolean timestamps = offer.timestamps() && sender.offer().timestamps();
    return offer.mssBytes() - (timestamps ? TIMESTAMP_OPTION_BYTES : 0);
  }
}
