package dev.conntrace.trace;

import java.util.List;

/**
 * When a side could not send because the other's window was closed or full.
 *
 * @param fromClient the client's stalls
 * @param fromServer the server's stalls
 * @param list them in order of time; of very many the longest
 * @param leftOut how many are not in the list
 * @param leftOutNanos how long those were together
 */
public record StallReport(
    Total fromClient, Total fromServer, List<Stall> list, long leftOut, long leftOutNanos) {
  public static final StallReport NONE = new StallReport(Total.NONE, Total.NONE, List.of(), 0, 0);

  /**
   * One side's stalls, as far as the capture shows that it had something to send.
   *
   * @param count how many
   * @param nanos how long together; 0 where the capture has no times
   */
  public record Total(long count, long nanos) {
    public static final Total NONE = new Total(0, 0);
  }

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return list.isEmpty() && leftOut == 0;
  }

  /** Returns one side's stalls. */
  public Total from(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }
}
