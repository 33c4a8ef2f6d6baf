package dev.conntrace.flow;

import dev.conntrace.wire.MptcpOptions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the TCP connections that are paths of one Multipath TCP connection (RFC 8684 3.1, 3.2): the
 * first path shows both keys, and those that join name a hash of one.
 *
 * <p>A token is a hash and serves as such: each has one place in a table of fixed size, where a
 * later one may push it out.
 */
final class Subflows {
  private static final int PLACES = 1 << 14;

  /** 32 bits each of token and connection number; made when the first path is seen. */
  private long @Nullable [] places;

  /** Takes in a segment that opens a connection, or is part of that. */
  void note(FlowSegment flow) {
    MptcpOptions options = flow.segment().options().mptcp();
    if (options.has(MptcpOptions.MP_CAPABLE)) {
      noteCapable(flow, options);
    } else if (options.has(MptcpOptions.MP_JOIN) && flow.isSyn()) {
      noteJoin(flow, options);
    }
  }

  private static Subflow subflowOf(Connection connection) {
    Subflow subflow = connection.subflow;
    if (subflow == null) {
      subflow = new Subflow();
      connection.subflow = subflow;
    }
    return subflow;
  }

  private void noteCapable(FlowSegment flow, MptcpOptions options) {
    Connection connection = flow.connection();
    Subflow subflow = subflowOf(connection);
    noteAnswer(flow, subflow);
    subflow.versionKnown = true;
    subflow.version = options.version();
    subflow.firstConnection = connection.number();
    boolean fromServer = flow.sender() == connection.server();
    if (options.hasSenderKey()) {
      int token = token(options.senderKey(), options.version());
      remember(token, connection.number());
      if (fromServer) {
        subflow.tokenKnown = true;
        subflow.token = token;
      }
    }
    if (options.hasReceiverKey() && !fromServer && !subflow.tokenKnown) {
      subflow.tokenKnown = true;
      subflow.token = token(options.receiverKey(), options.version());
      remember(subflow.token, connection.number());
    }
  }

  private void noteJoin(FlowSegment flow, MptcpOptions options) {
    Subflow subflow = subflowOf(flow.connection());
    noteAnswer(flow, subflow);
    subflow.joins = true;
    if (options.hasToken()) {
      subflow.tokenKnown = true;
      subflow.token = options.token();
      subflow.firstConnection = find(options.token());
    }
  }

  private static void noteAnswer(FlowSegment flow, Subflow subflow) {
    if (flow.isSyn() && flow.isAck()) {
      subflow.accepted = true;
    }
  }

  private void remember(int token, int connection) {
    long[] table = places;
    if (table == null) {
      table = new long[PLACES];
      places = table;
    }
    table[token & PLACES - 1] = (long) token << 32 | connection;
  }

  /** Returns the number of the connection with this token; 0 if there is none. */
  private int find(int token) {
    long place = places == null ? 0 : places[token & PLACES - 1];
    return (int) (place >>> 32) == token ? (int) place : 0;
  }

  /** The first 32 bits of the key's hash: SHA-256, in version 0 SHA-1. */
  private static int token(long key, int version) {
    try {
      MessageDigest digest = MessageDigest.getInstance(version == 0 ? "SHA-1" : "SHA-256");
      byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
      return ByteBuffer.wrap(digest.digest(bytes)).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has both", e);
    }
  }
}
