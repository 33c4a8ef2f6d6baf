package dev.conntrace.flow;

import dev.conntrace.trace.Multipath;
import java.util.OptionalInt;

/** What is known of a connection as one path of a Multipath TCP connection (RFC 8684). */
final class Subflow {
  boolean joins;
  boolean offered;
  boolean accepted;
  boolean versionKnown;
  int version;
  boolean tokenKnown;
  int token;
  int firstConnection;

  Multipath report() {
    return new Multipath(
        joins,
        accepted,
        versionKnown ? OptionalInt.of(version) : OptionalInt.empty(),
        tokenKnown ? OptionalInt.of(token) : OptionalInt.empty(),
        firstConnection);
  }
}
