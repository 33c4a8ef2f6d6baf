package dev.conntrace.trace;

/**
 * Data on its way, or sent in one go.
 *
 * @param bytes of payload
 * @param segments how many segments of the sender's usual full size that makes, a part of one
 *     counted whole
 */
public record Flight(long bytes, long segments) {
  public static final Flight NONE = new Flight(0, 0);
}
