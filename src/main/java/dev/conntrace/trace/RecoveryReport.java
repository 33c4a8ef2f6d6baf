package dev.conntrace.trace;

import java.util.List;

/**
 * How losses were repaired: from the first segment sent again to the recovery point.
 *
 * @param fromClient the client's repairs of what it had sent
 * @param fromServer the server's
 */
public record RecoveryReport(Repairs fromClient, Repairs fromServer) {
  public static final RecoveryReport NONE = new RecoveryReport(Repairs.NONE, Repairs.NONE);

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return fromClient.count() == 0 && fromServer.count() == 0;
  }

  /** Returns the repairs of one side. */
  public Repairs of(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }

  /**
   * The repairs of one side.
   *
   * @param count how many there were
   * @param segments how many segments were sent again in all of them
   * @param bytes their payload
   * @param timeouts how often the timer fired in them
   * @param needless how many of them had nothing to repair
   * @param list each of them in order; where there were very many, the first
   */
  public record Repairs(
      long count,
      long segments,
      long bytes,
      long timeouts,
      long needless,
      List<RecoveryEpisode> list) {
    /** Of a side that had nothing to repair. */
    public static final Repairs NONE = new Repairs(0, 0, 0, 0, 0, List.of());
  }
}
