package dev.conntrace.flow;

import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.TcpState;

/**
 * The state changes that one segment causes, in order: planned first, so that analyzers can speak
 * of them, and then made.
 */
public final class Transitions {
  private static final int MAX_CHANGES = 8;

  private FlowSegment segment = new FlowSegment();
  private Endpoint sender = Endpoint.NONE;
  private Endpoint receiver = Endpoint.NONE;
  private TcpState senderState = TcpState.UNKNOWN;
  private TcpState receiverState = TcpState.UNKNOWN;
  private final Endpoint[] who = new Endpoint[MAX_CHANGES];
  private final TcpState[] before = new TcpState[MAX_CHANGES];
  private final TcpState[] after = new TcpState[MAX_CHANGES];
  private final Cause[] cause = new Cause[MAX_CHANGES];
  private final Confidence[] confidence = new Confidence[MAX_CHANGES];
  private int count;
  private boolean resetAccepted;
  private boolean uneventful;
  private boolean finSupposed;
  private boolean finWithdrawn;
  private long supposedAckOfFin;

  /** Why an endpoint changed its state. */
  public enum Cause {
    SENT_SYN("sent its SYN"),
    SENT_SYN_ACK("has the other side's SYN and answered with its own"),
    SYN_UNSEEN("must have sent a SYN that the capture does not show"),
    GOT_SYN_ACK("acknowledged the other side's SYN"),
    SYN_ACKED("its SYN is acknowledged"),
    MIDSTREAM("was already talking when the capture began"),
    SENT_FIN("sent its FIN"),
    ACKED_FIN("acknowledged the other side's FIN"),
    FIN_ACKED("its FIN is acknowledged"),
    SENT_RST("sent a RST"),
    GOT_RST("was reset"),
    REFUSED("was refused by a RST"),
    SYN_ACK_AGAIN("repeats its SYN-ACK, so the ACK of it did not get through"),
    FIN_UNSEEN("must have sent a FIN that the capture does not show"),
    FIN_WAS_DATA("what was taken for a FIN was a byte of data"),
    LIVES_ON("goes on, so the RST did not reach it"),
    RST_NOT_ITS_OWN("goes on, so the RST was not its own");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    /** Returns the cause in words that follow the name of a side. */
    public String words() {
      return words;
    }
  }

  /**
   * Begins anew. Where nothing can change, who sends and who receives is not even noted, as nobody
   * asks.
   */
  void begin(FlowSegment segment) {
    count = 0;
    resetAccepted = false;
    finSupposed = false;
    finWithdrawn = false;
    senderState = segment.sender().state();
    receiverState = segment.receiver().state();
    uneventful =
        senderState == TcpState.ESTABLISHED
            && receiverState == TcpState.ESTABLISHED
            && segment.hasNoControl()
            && !segment.sender().closing().finSent()
            && !segment.receiver().closing().finSent();
    if (!uneventful) {
      this.segment = segment;
      sender = segment.sender();
      receiver = segment.receiver();
    }
  }

  void sender(TcpState state, Cause why, Confidence how) {
    note(sender, senderState, state, why, how);
    senderState = state;
    if (sender == receiver) {
      receiverState = state;
    }
  }

  void receiver(TcpState state, Cause why, Confidence how) {
    note(receiver, receiverState, state, why, how);
    receiverState = state;
    if (sender == receiver) {
      senderState = state;
    }
  }

  private void note(Endpoint endpoint, TcpState from, TcpState to, Cause why, Confidence how) {
    if (from == to || count == MAX_CHANGES) {
      return;
    }
    who[count] = endpoint;
    before[count] = from;
    after[count] = to;
    cause[count] = why;
    confidence[count] = how;
    count++;
  }

  /**
   * Returns whether this is a segment without SYN, FIN or RST between two ends that are open and
   * have sent no FIN: it changes no state, as most segments do.
   */
  public boolean isUneventful() {
    return uneventful;
  }

  void acceptReset() {
    resetAccepted = true;
  }

  /**
   * Returns how certain it is that the segment reaches {@code end}, and changes its state: only
   * where the capture was taken beside it, or on the host that both ends are on.
   */
  Confidence arrival(Endpoint end) {
    return Viewpoint.showsArrivalAt(end, segment) ? Confidence.CERTAIN : Confidence.LIKELY;
  }

  /**
   * The segment acknowledges a number that the capture does not show: the receiver's FIN, it seems.
   *
   * @param ackOfFin how far that FIN acknowledged the sender's stream, as it seems
   */
  void supposeFin(long ackOfFin) {
    finSupposed = true;
    supposedAckOfFin = ackOfFin;
  }

  /** Returns whether the segment makes it seem that the receiver has sent a FIN. */
  public boolean isFinSupposed() {
    return finSupposed;
  }

  long supposedAckOfFin() {
    return supposedAckOfFin;
  }

  /** What was taken for the sender's FIN was data. */
  void withdrawFin() {
    finWithdrawn = true;
  }

  boolean isFinWithdrawn() {
    return finWithdrawn;
  }

  /** Makes the changes. */
  void apply() {
    sender.state = senderState;
    receiver.state = receiverState;
  }

  /** Returns the sender's state after the segment. */
  public TcpState senderState() {
    return senderState;
  }

  /** Returns the receiver's state after the segment. */
  public TcpState receiverState() {
    return receiverState;
  }

  /** Returns whether this is a RST that its receiver will believe. */
  public boolean isResetAccepted() {
    return resetAccepted;
  }

  /** Returns whether the sender will be in this state and was not before. */
  public boolean senderEnters(TcpState state) {
    return !uneventful && senderState == state && sender.state() != state;
  }

  /** Returns whether the receiver will be in this state and was not before. */
  public boolean receiverEnters(TcpState state) {
    return !uneventful && receiverState == state && receiver.state() != state;
  }

  /** Returns how many changes there are. */
  public int count() {
    return count;
  }

  Endpoint who(int i) {
    return who[i];
  }

  TcpState before(int i) {
    return before[i];
  }

  TcpState after(int i) {
    return after[i];
  }

  Cause cause(int i) {
    return cause[i];
  }

  Confidence confidence(int i) {
    return confidence[i];
  }
}
