package dev.conntrace.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of one connection when it is finished.
 *
 * @param connection its number, from 1 in order of first frame
 * @param key who talks to whom
 * @param roleEvidence why the client is called so
 * @param firstFrame number of its first segment's packet
 * @param lastFrame number of its last segment's packet
 * @param startNanos time of its first segment, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param endNanos latest time of a segment, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param opened how it opened
 * @param closed how it closed
 * @param closedFirst who closed first; null where nobody did
 * @param clientState the client's last state
 * @param serverState the server's last state
 * @param timeWait who waits and until when; null where nobody does
 * @param handshake the handshake; null where no SYN was seen
 * @param rtt round-trip times of data and its acknowledgement
 * @param fromClient what the client sent
 * @param fromServer what the server sent
 * @param annotations segments per annotation; only what occurred
 * @param quality what is wrong with the capture as far as this connection goes
 * @param encapsulation what it travelled in; null for plain link and IP layers
 * @param scope what else than addresses and ports makes it known ({@link KeyPart}); null if nothing
 * @param capturePoint from which side it was seen
 * @param history what took longer than one segment
 */
public record ConnectionReport(
    int connection,
    ConnectionKey key,
    RoleEvidence roleEvidence,
    long firstFrame,
    long lastFrame,
    long startNanos,
    long endNanos,
    Opened opened,
    Closed closed,
    @Nullable Party closedFirst,
    TcpState clientState,
    TcpState serverState,
    @Nullable TimeWait timeWait,
    @Nullable Handshake handshake,
    RttStatistics rtt,
    DirectionTotals fromClient,
    DirectionTotals fromServer,
    Map<AnnotationKind, Long> annotations,
    List<CaptureQuality> quality,
    @Nullable String encapsulation,
    @Nullable String scope,
    CapturePoint capturePoint,
    ConnectionHistory history) {

  /**
   * Returns how sure it is how the connection opened: what a handshake that is not all in the
   * capture looked like is inferred.
   */
  public Confidence openedConfidence() {
    boolean inferred =
        switch (opened) {
          case THREE_WAY, FAST_OPEN ->
              handshake == null
                  || handshake.synFrame().isEmpty()
                  || handshake.synAckFrame().isEmpty()
                  || handshake.ackFrame().isEmpty();
          case SIMULTANEOUS, SPLIT, SELF, REFUSED, FILTERED, UNANSWERED, INCOMPLETE, MIDSTREAM ->
              false;
        };
    return inferred ? Confidence.LIKELY : Confidence.CERTAIN;
  }

  /** Returns what one side sent. */
  public DirectionTotals from(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }

  /** Returns one side's last state. */
  public TcpState stateOf(Side side) {
    return side == Side.CLIENT ? clientState : serverState;
  }

  /** Returns how long it was seen, in nanoseconds; 0 where the capture has no times. */
  public long durationNanos() {
    return startNanos == SegmentFacts.NO_TIMESTAMP ? 0 : endNanos - startNanos;
  }
}
