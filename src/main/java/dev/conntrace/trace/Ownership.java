package dev.conntrace.trace;

import org.jspecify.annotations.Nullable;

/**
 * Whether a connection is a command's own.
 *
 * @param kind what is known of it
 * @param client the command's process at the client's end; null where none was seen
 * @param server the command's process at the server's end; null where none was seen
 */
public record Ownership(Kind kind, @Nullable SocketOwner client, @Nullable SocketOwner server) {
  /** How much is known. */
  public enum Kind {
    /** One end at least was held by the command or a child of it. */
    OWN,
    /** Every end on this host was held by somebody else. */
    FOREIGN,
    /** It was over before its owner could be seen, or the system does not tell. */
    UNKNOWN
  }

  /** Nothing is known. */
  public static final Ownership UNKNOWN = new Ownership(Kind.UNKNOWN, null, null);

  /** It is somebody else's. */
  public static final Ownership FOREIGN = new Ownership(Kind.FOREIGN, null, null);
}
