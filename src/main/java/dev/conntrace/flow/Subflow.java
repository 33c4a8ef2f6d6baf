package dev.conntrace.flow;

/** What is known of a connection as one path of a Multipath TCP connection (RFC 8684). */
final class Subflow {
  boolean joins;
  boolean accepted;
  boolean versionKnown;
  int version;
  boolean tokenKnown;
  int token;
  int firstConnection;
}
