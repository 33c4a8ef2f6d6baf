package dev.conntrace.wire;

/**
 * The control bits of a TCP header (RFC 9293 3.1; AE: RFC 9768), as the low nine bits of an {@code
 * int}.
 *
 * <pre>
 *  8   7   6   5   4   3   2   1   0
 * +---+---+---+---+---+---+---+---+---+
 * |AE |CWR|ECE|URG|ACK|PSH|RST|SYN|FIN|
 * +---+---+---+---+---+---+---+---+---+
 * </pre>
 */
public final class TcpFlags {
  public static final int FIN = 0x001;
  public static final int SYN = 0x002;
  public static final int RST = 0x004;
  public static final int PSH = 0x008;
  public static final int ACK = 0x010;
  public static final int URG = 0x020;
  public static final int ECE = 0x040;
  public static final int CWR = 0x080;
  public static final int AE = 0x100;

  private static final int COUNT = 9;
  private static final String[] LETTERS = namesOf("FSRPAUECN", "");
  private static final String[] NAMES = wordsOf();

  private TcpFlags() {}

  /**
   * Returns one letter per set bit in the order {@code FSRPAUECN} ({@code SA}, {@code FPA}); empty
   * if none is set.
   */
  public static String letters(int flags) {
    return LETTERS[flags & (LETTERS.length - 1)];
  }

  /**
   * Returns the names of the set bits joined by commas, in the order a reader expects ({@code
   * SYN,ACK}); {@code none} if none is set.
   */
  public static String names(int flags) {
    return NAMES[flags & (NAMES.length - 1)];
  }

  private static String[] namesOf(String letters, String none) {
    String[] all = new String[1 << COUNT];
    for (int flags = 0; flags < all.length; flags++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < COUNT; bit++) {
        if ((flags >> bit & 1) != 0) {
          text.append(letters.charAt(bit));
        }
      }
      all[flags] = text.length() == 0 ? none : text.toString();
    }
    return all;
  }

  private static String[] wordsOf() {
    String[] words = {"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"};
    int[] bits = {SYN, FIN, RST, PSH, ACK, URG, ECE, CWR, AE};
    String[] all = new String[1 << COUNT];
    for (int flags = 0; flags < all.length; flags++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < words.length; i++) {
        if ((flags & bits[i]) != 0) {
          text.append(text.length() == 0 ? "" : ",").append(words[i]);
        }
      }
      all[flags] = text.length() == 0 ? "none" : text.toString();
    }
    return all;
  }
}
