package dev.conntrace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;

/** Headers for the tests of views, and what holds for every one of them. */
final class ViewBytes {
  private static final int BEFORE = 3;

  /** A view's {@code wrap}. */
  interface Wrap {
    Fit wrap(byte[] bytes, int offset, int limit);
  }

  private ViewBytes() {}

  /** Returns the bytes that {@code text} writes in hexadecimal; blanks only help the eye. */
  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /** Lays the view over the whole header, and checks that it fits. */
  static void lay(Wrap view, byte[] header) {
    assertEquals(Fit.WHOLE, view.wrap(header, 0, header.length));
  }

  /**
   * Checks that the header is cut at every length below {@code needed} and whole from there on,
   * wherever in the array it begins.
   */
  static void cutBelow(int needed, Wrap view, byte[] header) {
    byte[] moved = new byte[BEFORE + header.length];
    System.arraycopy(header, 0, moved, BEFORE, header.length);
    for (int length = 0; length <= header.length; length++) {
      Fit expected = length < needed ? Fit.CUT : Fit.WHOLE;
      assertEquals(expected, view.wrap(moved, BEFORE, BEFORE + length), "of " + length + " bytes");
    }
  }

  static void impossible(Wrap view, byte[] header) {
    assertEquals(Fit.IMPOSSIBLE, view.wrap(header, 0, header.length));
  }
}
