package dev.conntrace.wire;

/**
 * The bits AE, CWR and ECE as accurate ECN uses them: in the handshake they say how the other
 * side's segment arrived, afterwards they count marked packets (RFC 9768 3.1, 3.2).
 */
public final class AccurateEcn {
  /** What both counters begin with (RFC 9768 3.2.1). */
  public static final int INITIAL_COUNT = 5;

  /** What no bits reflect. */
  public static final int NOT_REFLECTED = -1;

  private static final int LOWEST_BIT = Integer.numberOfTrailingZeros(TcpFlags.ECE);
  private static final int EVERY_BIT = 7;
  private static final int NOT_ECT = 0b010;
  private static final int ECT_1 = 0b011;
  private static final int ECT_0 = 0b100;
  private static final int CE = 0b110;

  private AccurateEcn() {}

  /** Returns the three bits as a number from 0 to 7, AE highest. */
  public static int number(int flags) {
    return flags >>> LOWEST_BIT & EVERY_BIT;
  }

  /** Returns by how much the counter in {@code flags} is ahead of an earlier number, 0 to 7. */
  public static int growth(int before, int flags) {
    return number(flags) - before & EVERY_BIT;
  }

  /** Returns whether the bits of a SYN ask for it: all three are set. */
  public static boolean asks(int flags) {
    return number(flags) == EVERY_BIT;
  }

  /** Returns whether the bits of a SYN-ACK agree to it; ECE alone means ECN of the old kind. */
  public static boolean agrees(int flags) {
    return reflected(flags) != NOT_REFLECTED;
  }

  /**
   * Returns the two ECN bits with which the other side's SYN or SYN-ACK arrived, as a SYN-ACK or
   * the ACK that answers it tells; {@link #NOT_REFLECTED} for other combinations.
   */
  public static int reflected(int flags) {
    return switch (number(flags)) {
      case NOT_ECT -> 0;
      case ECT_1 -> 1;
      case ECT_0 -> 2;
      case CE -> 3;
      default -> NOT_REFLECTED;
    };
  }
}
