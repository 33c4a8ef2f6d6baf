package dev.conntrace.expect;

import org.jspecify.annotations.Nullable;

/**
 * What a fact is found to be.
 *
 * @param value of the class that the fact's type names, or a list of such; null where it is absent
 * @param frame the frame that shows it best; 0 if none does
 * @param doubt why it cannot be told, in words; empty where it can
 */
public record Reading(@Nullable Object value, long frame, String doubt) {
  static Reading of(@Nullable Object value, long frame) {
    return new Reading(value, frame, "");
  }

  static Reading unknown(String why) {
    return new Reading(null, 0, why);
  }
}
