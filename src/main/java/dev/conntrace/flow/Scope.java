package dev.conntrace.flow;

import dev.conntrace.decode.Carrier;
import dev.conntrace.decode.Encapsulation;
import dev.conntrace.decode.Segment;
import dev.conntrace.trace.KeyPart;
import dev.conntrace.trace.TransportAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Where a segment belongs, as far as that was asked for: its VLANs, capture interface and tunnels
 * in a few words that are the same in both directions. Refilled for each segment.
 */
final class Scope {
  private static final long SECRET = new SplittableRandom().nextLong();
  private static final int WORDS_OF_ENDS = 4;
  private static final int MOST_WORDS = 1 + Encapsulation.MAX_NAMED * (1 + WORDS_OF_ENDS);

  private final boolean vlan;
  private final boolean capturedAt;
  private final boolean tunnel;
  private final long[] words;
  private int count;

  /** Prepares to look at these parts. */
  Scope(Set<KeyPart> parts) {
    vlan = parts.contains(KeyPart.VLAN);
    capturedAt = parts.contains(KeyPart.INTERFACE);
    tunnel = parts.contains(KeyPart.TUNNEL);
    words = new long[MOST_WORDS];
  }

  private Scope(Scope that) {
    vlan = that.vlan;
    capturedAt = that.capturedAt;
    tunnel = that.tunnel;
    words = Arrays.copyOf(that.words, that.count);
    count = that.count;
  }

  /** Returns what this holds now, for keeping. */
  Scope copy() {
    return new Scope(this);
  }

  /** Refills this from a segment. */
  void read(Segment segment) {
    count = 0;
    if (capturedAt) {
      words[count++] = segment.interfaceIndex();
    }
    Encapsulation carriers = segment.carriers();
    for (int i = 0; i < carriers.count(); i++) {
      if (counts(carriers, i)) {
        Carrier carrier = carriers.carrier(i);
        boolean numbered = carrier.isSymmetric() && carriers.hasNumber(i);
        words[count++] = (long) carrier.ordinal() << 40 | (numbered ? 1 + carriers.number(i) : 0);
        if (carriers.hasEnds(i)) {
          addEnds(carriers, i);
        }
      }
    }
  }

  private boolean counts(Encapsulation carriers, int i) {
    Carrier carrier = carriers.carrier(i);
    if (carrier.isVlan()) {
      return vlan && carriers.number(i) != 0;
    }
    return tunnel && carrier != Carrier.WIFI;
  }

  private void addEnds(Encapsulation carriers, int i) {
    int first = isSourceFirst(carriers, i) ? 0 : 2;
    for (int word = 0; word < WORDS_OF_ENDS; word++) {
      words[count++] = carriers.endWord(i, (first + word) % WORDS_OF_ENDS);
    }
  }

  private static boolean isSourceFirst(Encapsulation carriers, int i) {
    int order = Long.compareUnsigned(carriers.endWord(i, 0), carriers.endWord(i, 2));
    return order != 0
        ? order < 0
        : Long.compareUnsigned(carriers.endWord(i, 1), carriers.endWord(i, 3)) <= 0;
  }

  int hash() {
    return hash(words, count);
  }

  /** Keyed with a random number, as addresses are: nobody can choose tunnels that collide. */
  static int hash(long[] words, int count) {
    long mixed = SECRET + count;
    for (int i = 0; i < count; i++) {
      mixed = (mixed ^ words[i]) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return (int) (mixed ^ mixed >>> 32);
  }

  boolean isSame(Scope that) {
    return Arrays.equals(words, 0, count, that.words, 0, that.count);
  }

  /** Puts the parts of a segment's scope into words; empty if it has none. */
  String inWords(Segment segment) {
    StringBuilder text = new StringBuilder();
    if (capturedAt) {
      text.append("interface ").append(segment.interfaceIndex());
    }
    Encapsulation carriers = segment.carriers();
    for (int i = 0; i < carriers.count(); i++) {
      if (counts(carriers, i)) {
        Carrier carrier = carriers.carrier(i);
        text.append(text.length() == 0 ? "" : ", ").append(carrier.label());
        if (carrier.isSymmetric() && carriers.hasNumber(i)) {
          text.append(' ').append(carriers.number(i));
        }
        if (carriers.hasEnds(i)) {
          int first = isSourceFirst(carriers, i) ? 0 : 2;
          text.append(" between ").append(end(carriers, i, first));
          text.append(" and ").append(end(carriers, i, 2 - first));
        }
      }
    }
    return text.toString();
  }

  private static String end(Encapsulation carriers, int i, int word) {
    long high = carriers.endWord(i, word);
    long low = carriers.endWord(i, word + 1);
    return new TransportAddress(high, low, carriers.isIpv6(i), 0).host();
  }
}
