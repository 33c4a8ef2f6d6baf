package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a pair of addresses and ports: its two endpoints and what belongs to neither
 * alone.
 */
public final class Connection {
  static final Connection NONE =
      new Connection(0, new Segment(), true, RoleEvidence.FIRST_PACKET, new SpareRings());

  private final int number;

  // Beside the key, which is made only for those who ask: finding a connection looks at these.
  private final long clientHigh;
  private final long clientLow;
  private final long serverHigh;
  private final long serverLow;
  private final int clientPort;
  private final int serverPort;
  private final boolean ipv6;
  private @Nullable ConnectionKey key;

  private final RoleEvidence roleEvidence;
  private final Endpoint client;
  private final Endpoint server;
  private final Opening opening = new Opening();

  /** Made when it first changes; until then all share one. */
  private Ending ending = Ending.NONE;

  private final RttSamples rttSamples = new RttSamples();
  private long firstFrame;
  private long lastFrame;
  private long startNanos;
  private long endNanos;
  private final AnnotationCounts annotationCounts = new AnnotationCounts();
  private long snapped;
  private long offloadSized;
  private int clockSteps;
  private FirstFrames clockStepFrames = FirstFrames.NONE;
  private @Nullable String encapsulation;

  /** Who counts for the server's address; null where there were too many to count. */
  Listeners.@Nullable Listener listener;

  /** The incarnation before this one, as long as its strays may still come. */
  @Nullable Connection older;

  /** The incarnation after this one, as long as strays of this one may still come. */
  @Nullable Connection successor;

  /** Where it belongs, if its table tells networks apart, and in words if there is any to name. */
  @Nullable Scope scope;

  @Nullable String scopeInWords;

  /** What is known of it as a path of Multipath TCP; null where nobody asked for that. */
  @Nullable Subflow subflow;

  /** What took longer than one segment; null where nobody will ask. */
  @Nullable Chronicle chronicle;

  /** Its place in the table. */
  @Nullable Connection nextInBucket;

  int hash;

  /** Whether it stands in the table, as the newest between its addresses and ports. */
  boolean listed;

  /** Whether it stands among the {@link UnansweredCalls}, and its neighbours there. */
  boolean unanswered;

  @Nullable Connection callBefore;
  @Nullable Connection callAfter;
  boolean retired;

  /** Whether its end was told of. */
  boolean reported;

  /** Whether it stands in the line of the finished. */
  boolean lingering;

  /**
   * Opens the connection of a segment.
   *
   * @param fromClient whether the segment's sender is the client
   * @param spareRings what its ledgers are made of
   */
  Connection(
      int number, Segment first, boolean fromClient, RoleEvidence evidence, SpareRings spareRings) {
    this.number = number;
    roleEvidence = evidence;
    ipv6 = first.isIpv6();
    clientHigh = fromClient ? first.srcHigh() : first.dstHigh();
    clientLow = fromClient ? first.srcLow() : first.dstLow();
    clientPort = fromClient ? first.srcPort() : first.dstPort();
    serverHigh = fromClient ? first.dstHigh() : first.srcHigh();
    serverLow = fromClient ? first.dstLow() : first.srcLow();
    serverPort = fromClient ? first.dstPort() : first.srcPort();
    boolean isSelf = clientHigh == serverHigh && clientLow == serverLow && clientPort == serverPort;
    client = new Endpoint(Side.CLIENT, spareRings);
    server = isSelf ? client : new Endpoint(Side.SERVER, spareRings);
  }

  /** Notes that a segment of this connection was seen, at a time that never runs backwards. */
  void touch(Segment segment, long timeNanos) {
    if (firstFrame == 0) {
      firstFrame = segment.frame();
      startNanos = timeNanos;
      endNanos = timeNanos;
      encapsulation = segment.encapsulation();
    }
    lastFrame = segment.frame();
    endNanos = Math.max(endNanos, timeNanos);
    startNanos = Math.min(startNanos, timeNanos);
    if (segment.isSnapped()) {
      snapped++;
    }
  }

  /** The capture's clock was set before this frame, and a segment of this connection shows it. */
  void noteClockStep(long frame) {
    if (clockStepFrames.last() != frame) {
      clockSteps++;
      clockStepFrames = clockStepFrames.with(frame);
    }
  }

  int clockSteps() {
    return clockSteps;
  }

  FirstFrames clockStepFrames() {
    return clockStepFrames;
  }

  void countOffloadSized() {
    offloadSized++;
  }

  void count(AnnotationKind kind) {
    annotationCounts.count(kind);
  }

  void uncount(AnnotationKind kind) {
    annotationCounts.uncount(kind);
  }

  int counted(AnnotationKind kind) {
    return annotationCounts.of(kind);
  }

  AnnotationCounts annotationCounts() {
    return annotationCounts;
  }

  /** Returns which end sent a segment, known to belong here. */
  public Endpoint senderOf(Segment segment) {
    boolean fromClient =
        segment.srcPort() == clientPort
            && segment.srcLow() == clientLow
            && segment.srcHigh() == clientHigh;
    return fromClient ? client : server;
  }

  /**
   * Returns whether a segment travels between this connection's addresses and ports, either way.
   */
  boolean carries(Segment segment) {
    return segment.isIpv6() == ipv6 && (goesToServer(segment) || goesToClient(segment));
  }

  private boolean goesToServer(Segment segment) {
    return segment.srcPort() == clientPort
        && segment.dstPort() == serverPort
        && segment.srcLow() == clientLow
        && segment.dstLow() == serverLow
        && segment.srcHigh() == clientHigh
        && segment.dstHigh() == serverHigh;
  }

  private boolean goesToClient(Segment segment) {
    return segment.srcPort() == serverPort
        && segment.dstPort() == clientPort
        && segment.srcLow() == serverLow
        && segment.dstLow() == clientLow
        && segment.srcHigh() == serverHigh
        && segment.dstHigh() == clientHigh;
  }

  /** Returns the other end; the same one for a socket that is connected to itself. */
  public Endpoint peerOf(Endpoint endpoint) {
    return endpoint == client ? server : client;
  }

  /** Returns its number, from 1 in order of first frame. */
  public int number() {
    return number;
  }

  /** Returns who talks to whom. */
  public ConnectionKey key() {
    ConnectionKey known = key;
    if (known == null) {
      known =
          new ConnectionKey(
              new TransportAddress(clientHigh, clientLow, ipv6, clientPort), serverAddress());
      key = known;
    }
    return known;
  }

  /** Returns where the client called, without making the key. */
  TransportAddress serverAddress() {
    return new TransportAddress(serverHigh, serverLow, ipv6, serverPort);
  }

  /** Returns the client's host, which has port 0. */
  TransportAddress clientHost() {
    return new TransportAddress(clientHigh, clientLow, ipv6, 0);
  }

  public RoleEvidence roleEvidence() {
    return roleEvidence;
  }

  public Endpoint client() {
    return client;
  }

  public Endpoint server() {
    return server;
  }

  /** Returns whether both ends have the same address. */
  public boolean isOfOneHost() {
    return clientHigh == serverHigh && clientLow == serverLow;
  }

  /** Returns whether both ends are one socket. */
  public boolean isSelf() {
    return client == server;
  }

  public Opening opening() {
    return opening;
  }

  public Ending ending() {
    return ending;
  }

  Ending ownEnding() {
    if (ending == Ending.NONE) {
      ending = new Ending();
    }
    return ending;
  }

  RttSamples rttSamples() {
    return rttSamples;
  }

  public long firstFrame() {
    return firstFrame;
  }

  public long lastFrame() {
    return lastFrame;
  }

  public long startNanos() {
    return startNanos;
  }

  public long endNanos() {
    return endNanos;
  }

  long snapped() {
    return snapped;
  }

  long offloadSized() {
    return offloadSized;
  }

  @Nullable String encapsulation() {
    return encapsulation;
  }

  /** Returns whether its first packet had other tags or tunnels around it than another's. */
  public boolean travelsUnlike(Connection other) {
    return !Objects.equals(encapsulation, other.encapsulation);
  }

  /** Returns the incarnation before this one; null if there was none lately. */
  public @Nullable Connection older() {
    return older;
  }

  /**
   * Returns the frame of the SYN with which the next connection between the same addresses and
   * ports is still being asked for; 0 if none is.
   */
  public long successorCall() {
    Connection next = successor;
    return next == null || next.opening().isEstablished() ? 0 : next.opening().synFrame();
  }

  void noteListenerHops(int hopLimit) {
    if (listener != null) {
      listener.hopLimit = hopLimit;
    }
  }

  /**
   * Returns the TTL or hop limit with which SYN-ACKs came from the server's address and port; 0
   * where none did.
   */
  public int listenerHopLimit() {
    return listener == null ? 0 : listener.hopLimit;
  }

  /** Returns whether the server's address and port completed the handshake of any connection. */
  public boolean isListenerServing() {
    return listener != null && listener.hasServed();
  }

  /**
   * Returns whether every segment before the last one has a copy, as where a capture took each
   * packet twice.
   */
  public boolean isDoubledSoFar() {
    long copies = counted(AnnotationKind.DUPLICATE_PACKET);
    long segments = client.totals().segments() + (isSelf() ? 0 : server.totals().segments());
    return copies > 0 && segments == 2 * copies + 1;
  }

  /** Returns a state as far as it is proven: that somebody listens shows only in a SYN-ACK. */
  TcpState proven(TcpState state) {
    return state == TcpState.LISTEN && opening.synAckFrame() == 0 ? TcpState.UNKNOWN : state;
  }

  /** Returns whether nothing more is expected: both ends are closed or wait in TIME_WAIT. */
  public boolean isFinished() {
    return isOver(client.state()) && isOver(server.state());
  }

  /**
   * Returns whether the verdict on an entry of {@code sender}'s ledger is final: its bytes are
   * acknowledged or the connection is over, and twice the round trip has passed, at least {@link
   * HoldBack#MIN_WAIT_NANOS}. What comes to light later changes nothing, whoever listens.
   *
   * @param latestNanos the latest time of any packet so far
   */
  public boolean isFinal(Endpoint sender, long entry, long latestNanos) {
    boolean settled = sender.una() >= sender.ledger().end(entry) || isFinished();
    return settled && sender.hasWaited(sender.ledger().timeNanos(entry), latestNanos);
  }

  private static boolean isOver(TcpState state) {
    return state == TcpState.CLOSED || state == TcpState.TIME_WAIT || state == TcpState.LISTEN;
  }
}
