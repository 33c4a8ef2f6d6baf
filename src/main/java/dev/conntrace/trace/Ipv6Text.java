package dev.conntrace.trace;

/** Writes IP addresses the one recommended way (RFC 5952 4 and 5). */
final class Ipv6Text {
  private static final int GROUPS = 8;
  private static final long MAPPED_PREFIX = 0xFFFFL << 32;

  private Ipv6Text() {}

  static String dotted(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xFF)
        + "."
        + (address >>> 8 & 0xFF)
        + "."
        + (address & 0xFF);
  }

  static String of(long high, long low) {
    if (high == 0 && (low & ~0xFFFFFFFFL) == MAPPED_PREFIX) {
      return "::ffff:" + dotted((int) low);
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zerosFrom(high, low, i);
      if (run > longest) {
        start = i;
        longest = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
        continue;
      }
      if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(high, low, i)));
    }
    return text.toString();
  }

  private static int zerosFrom(long high, long low, int index) {
    int run = 0;
    while (index + run < GROUPS && group(high, low, index + run) == 0) {
      run++;
    }
    return run;
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (16 * (3 - index % 4))) & 0xFFFF;
  }
}
