package dev.conntrace;

import dev.conntrace.capture.CaptureTexts;
import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.TransportAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns what a capture says of itself into the vocabulary of results. */
final class NotesTranslation {
  private static final int HEX = 16;
  private static final int IPV4_DIGITS = 8;

  private NotesTranslation() {}

  static CaptureNotes of(CaptureTexts said) {
    if (said.sections().isEmpty() && said.hostNames().isEmpty()) {
      return CaptureNotes.NONE;
    }
    Map<TransportAddress, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, String> named : said.hostNames().entrySet()) {
      names.put(address(named.getKey()), named.getValue());
    }
    return new CaptureNotes(said.sections(), names);
  }

  private static TransportAddress address(String hex) {
    int middle = Math.max(0, hex.length() - HEX);
    return new TransportAddress(
        middle == 0 ? 0 : Long.parseUnsignedLong(hex.substring(0, middle), HEX),
        Long.parseUnsignedLong(hex.substring(middle), HEX),
        hex.length() > IPV4_DIGITS,
        0);
  }
}
