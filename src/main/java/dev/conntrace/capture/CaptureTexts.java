package dev.conntrace.capture;

import java.util.List;
import java.util.Map;

/**
 * What a capture says of itself. Texts are as in the file, and may hold anything: to be escaped
 * before they are printed. All of it is bounded.
 *
 * @param sections how each section came about, as far as it differs from the one before: {@code
 *     hardware}, {@code os}, {@code application}, {@code comment}, whichever there are
 * @param hostNames names of addresses, by the address's 4 or 16 bytes in hexadecimal
 * @param givenUp how many comments and names were cut or left out because a limit was reached
 */
public record CaptureTexts(
    List<Map<String, String>> sections, Map<String, String> hostNames, long givenUp) {
  /** Says nothing. */
  public static final CaptureTexts NONE = new CaptureTexts(List.of(), Map.of(), 0);
}
