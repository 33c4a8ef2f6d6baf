package dev.conntrace.render;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * ASCII text that grows in one array and is emptied to be filled again: numbers are written digit
 * by digit into their place, and nothing is made for any of them.
 */
final class AsciiText {
  private static final int INITIAL_BYTES = 4096;
  private static final int LONGEST_NUMBER = 20;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  int length() {
    return length;
  }

  /** Returns the text's array, of which only {@link #length} bytes from the first count. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the last character; 0 where there is none. */
  char last() {
    return length == 0 ? 0 : (char) bytes[length - 1];
  }

  void clear() {
    length = 0;
  }

  /** Cuts the end off. */
  void truncate(int newLength) {
    length = newLength;
  }

  /** Makes room for so many more bytes. */
  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  void append(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  /** Appends text that is known to be ASCII. */
  void append(String ascii) {
    append(ascii, 0, ascii.length());
  }

  /** Appends a part of a text; the part is known to be ASCII. */
  @SuppressWarnings("deprecation") // It drops the high byte, of which ASCII has none, and is quick.
  void append(String ascii, int start, int end) {
    reserve(end - start);
    ascii.getBytes(start, end, bytes, length);
    length += end - start;
  }

  /** Appends two texts that are known to be ASCII as one, between quotation marks. */
  void appendQuoted(String start, String rest) {
    reserve(start.length() + rest.length() + 2);
    bytes[length++] = '"';
    copy(start);
    copy(rest);
    bytes[length++] = '"';
  }

  /** Names are so short that calling for a copy of all their bytes would take longer. */
  private void copy(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  void append(long number) {
    if (number == Long.MIN_VALUE) {
      append("-9223372036854775808");
      return;
    }
    reserve(LONGEST_NUMBER);
    if (number < 0) {
      bytes[length++] = '-';
    }
    long positive = Math.abs(number);
    appendDigits(positive, digits(positive));
  }

  private static int digits(long positive) {
    int digits = 1;
    for (long bound = 10; positive >= bound && digits < 19; bound *= 10) {
      digits++;
    }
    return digits;
  }

  /** Appends the last {@code count} digits of a number that is not negative, zeros in front. */
  void appendDigits(long positive, int count) {
    reserve(count);
    long rest = positive;
    for (int at = length + count - 1; at >= length; at--) {
      long tenth = rest / 10;
      bytes[at] = (byte) ('0' + (rest - 10 * tenth));
      rest = tenth;
    }
    length += count;
  }

  /** Takes zeros off the end. */
  void trimZeros() {
    while (last() == '0') {
      length--;
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }
}
