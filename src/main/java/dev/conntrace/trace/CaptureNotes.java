package dev.conntrace.trace;

import java.util.List;
import java.util.Map;

/**
 * What a capture says of itself. The texts come from the file as they are.
 *
 * @param sections how each part of the capture came about: {@code hardware}, {@code os}, {@code
 *     application}, {@code comment}, whichever it tells
 * @param hostNames names that the capture gives to addresses (port 0)
 */
public record CaptureNotes(
    List<Map<String, String>> sections, Map<TransportAddress, String> hostNames) {
  /** Says nothing. */
  public static final CaptureNotes NONE = new CaptureNotes(List.of(), Map.of());

  /** Returns the name of an address's host; empty if the capture gives none. */
  public String nameOf(TransportAddress address) {
    return hostNames.isEmpty() ? "" : hostNames.getOrDefault(address.withoutPort(), "");
  }
}
