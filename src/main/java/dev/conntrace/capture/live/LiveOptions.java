package dev.conntrace.capture.live;

import org.jspecify.annotations.Nullable;

/**
 * What is to be captured.
 *
 * @param device the interface's name; {@code any} for all of them (Linux)
 * @param snapBytes how many bytes of each packet are kept, 1 or more
 * @param bufferBytes how large the kernel's buffer is, in bytes
 * @param wanted addresses and ports to which the capture keeps
 * @param expression a filter in libpcap's language beside that; null for none
 */
public record LiveOptions(
    String device,
    int snapBytes,
    int bufferBytes,
    WantedTraffic wanted,
    @Nullable String expression) {
  /** Stands for all interfaces. */
  public static final String ANY = "any";

  /** More than any packet holds, even where the card puts many together (64 KiB and headers). */
  public static final int WHOLE_PACKETS = 262_144;

  /** Room for a burst of some tens of thousands of headers. */
  public static final int USUAL_BUFFER = 16 << 20;
}
