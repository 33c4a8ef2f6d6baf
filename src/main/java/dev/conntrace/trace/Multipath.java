package dev.conntrace.trace;

import java.util.OptionalInt;

/**
 * That a TCP connection is, or was to be, one path of a Multipath TCP connection (RFC 8684).
 *
 * @param joins whether it joined a connection that another path had opened
 * @param accepted whether both sides' SYNs carried the option; without, it is plain TCP
 * @param version of the protocol: 1, or 0 of RFC 6824; empty where it joins
 * @param token what all paths of one connection have in common: the first 32 bits of a hash of the
 *     key of the side that is joined; empty where that key was not captured
 * @param firstConnection the number of the TCP connection that opened it, this one's own if it did;
 *     0 if the capture does not show it
 */
public record Multipath(
    boolean joins, boolean accepted, OptionalInt version, OptionalInt token, int firstConnection) {

  /** Returns the token as eight hexadecimal digits; empty if it is not known. */
  public String tokenText() {
    return token.isPresent() ? String.format("%08x", token.getAsInt()) : "";
  }
}
