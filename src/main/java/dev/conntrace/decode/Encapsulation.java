package dev.conntrace.decode;

import org.jspecify.annotations.Nullable;

/**
 * Notes what a packet travels in, outermost first, and puts it into words only where they are asked
 * for. Refilled for each packet, like the {@link Segment} that it belongs to.
 */
public final class Encapsulation {
  /** What lies deeper than this is followed but not noted. */
  public static final int MAX_NAMED = 8;

  private static final long WITHOUT_NUMBER = -1;
  private static final int WORDS_OF_ENDS = 4;

  private static final Carrier[] NO_CARRIERS = {};
  private static final long[] NO_NUMBERS = {};

  /** Most packets have none: the arrays are made for the first one. */
  private Carrier[] carriers = NO_CARRIERS;

  private long[] numbers = NO_NUMBERS;
  private int count;

  /** A bit for each carrier that is a tunnel between two addresses, and whether those are IPv6. */
  private int tunnels;

  private int ipv6Tunnels;

  /** Source and destination of each tunnel, two words each; made for the first one. */
  private long @Nullable [] ends;

  Encapsulation() {}

  /** Writes only what is not so already: what two processors only read, both have at hand. */
  void clear() {
    if (count > 0 || tunnels != 0) {
      count = 0;
      tunnels = 0;
      ipv6Tunnels = 0;
    }
  }

  void add(Carrier carrier) {
    add(carrier, WITHOUT_NUMBER);
  }

  /**
   * Notes a carrier with the number by which it tells its networks, sessions or labels apart, raw
   * 32 bits.
   */
  void add(Carrier carrier, int number) {
    add(carrier, Integer.toUnsignedLong(number));
  }

  /** Notes a tunnel between the addresses that {@code outer} has so far. */
  void addTunnel(Carrier carrier, Segment outer) {
    noteEnds(outer);
    add(carrier, WITHOUT_NUMBER);
  }

  /** Notes a tunnel with its number between the addresses that {@code outer} has so far. */
  void addTunnel(Carrier carrier, int number, Segment outer) {
    noteEnds(outer);
    add(carrier, Integer.toUnsignedLong(number));
  }

  private void add(Carrier carrier, long number) {
    if (count < MAX_NAMED) {
      makeRoom();
      carriers[count] = carrier;
      numbers[count] = number;
    }
    count++;
  }

  private void makeRoom() {
    if (carriers == NO_CARRIERS) {
      carriers = new Carrier[MAX_NAMED];
      numbers = new long[MAX_NAMED];
    }
  }

  private void noteEnds(Segment outer) {
    if (count >= MAX_NAMED) {
      return;
    }
    long[] known = ends;
    if (known == null) {
      known = new long[MAX_NAMED * WORDS_OF_ENDS];
      ends = known;
    }
    int at = count * WORDS_OF_ENDS;
    known[at] = outer.srcHigh;
    known[at + 1] = outer.srcLow;
    known[at + 2] = outer.dstHigh;
    known[at + 3] = outer.dstLow;
    tunnels |= 1 << count;
    ipv6Tunnels |= outer.ipv6 ? 1 << count : 0;
  }

  /** Takes over what another packet travelled in. */
  void copyOf(Encapsulation that) {
    count = that.count;
    tunnels = that.tunnels;
    ipv6Tunnels = that.ipv6Tunnels;
    if (that.count > 0) {
      makeRoom();
      System.arraycopy(that.carriers, 0, carriers, 0, MAX_NAMED);
      System.arraycopy(that.numbers, 0, numbers, 0, MAX_NAMED);
    }
    long[] others = that.tunnels == 0 ? null : that.ends;
    ends = others == null ? ends : others.clone();
  }

  /** Returns how many carriers are noted, at most {@link #MAX_NAMED}. */
  public int count() {
    return Math.min(count, MAX_NAMED);
  }

  /** Returns a carrier; the outermost has index 0. */
  public Carrier carrier(int i) {
    return carriers[i];
  }

  /** Returns whether a carrier has a number. */
  public boolean hasNumber(int i) {
    return numbers[i] != WITHOUT_NUMBER;
  }

  /** Returns a carrier's number, 0 to 2^32-1, if it {@link #hasNumber}. */
  public long number(int i) {
    return numbers[i];
  }

  /** Returns whether a carrier is a tunnel between two addresses. */
  public boolean hasEnds(int i) {
    return (tunnels & 1 << i) != 0;
  }

  /** Returns whether a tunnel's addresses are IPv6. */
  public boolean isIpv6(int i) {
    return (ipv6Tunnels & 1 << i) != 0;
  }

  /**
   * Returns a word of a tunnel's outer addresses: 0 and 1 are the source's first and last 8 bytes,
   * 2 and 3 the destination's.
   */
  public long endWord(int i, int word) {
    return ends == null ? 0 : ends[i * WORDS_OF_ENDS + word];
  }

  /** Returns a number that is the same for packets that travel one way in the same networks. */
  long networks() {
    long mixed = count;
    for (int i = 0; i < count(); i++) {
      long number = carriers[i].isSymmetric() ? numbers[i] : 0;
      mixed = (mixed * 31 + carriers[i].ordinal()) * 0x9E3779B97F4A7C15L + number;
    }
    return mixed;
  }

  /** Returns the names with their numbers, joined by commas; null if there are none. */
  @Nullable String inWords() {
    if (count == 0) {
      return null;
    }
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count(); i++) {
      words.append(i == 0 ? "" : ", ").append(carriers[i].label());
      if (hasNumber(i)) {
        words.append(' ').append(numbers[i]);
      }
    }
    return count > MAX_NAMED ? words.append(", …").toString() : words.toString();
  }
}
