package dev.conntrace.flow;

/** Which segments of one endpoint an ICMP error quoted as too large for the path: the last few. */
public final class Quotes {
  /** Of an endpoint of which none was quoted; never changed. */
  static final Quotes NONE = new Quotes();

  private static final int PLACES = 16;

  private final long[] entries = new long[PLACES];
  private final long[] frames = new long[PLACES];
  private int count;

  void add(long entry, long icmpFrame) {
    int place = count % PLACES;
    entries[place] = entry;
    frames[place] = icmpFrame;
    count++;
  }

  /** Returns the frame of the ICMP error that quoted an entry of the ledger; 0 if none is known. */
  public long icmpFrame(long entry) {
    for (int i = 0; i < Math.min(count, PLACES); i++) {
      if (entries[i] == entry) {
        return frames[i];
      }
    }
    return 0;
  }
}
