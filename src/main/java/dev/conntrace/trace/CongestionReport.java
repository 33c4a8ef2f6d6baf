package dev.conntrace.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much each side dared to have under way: initial window, slow start, avoidance.
 *
 * @param fromClient the client as a sender; null if it sent too little
 * @param fromServer the server as a sender; null if it sent too little
 */
public record CongestionReport(@Nullable Sender fromClient, @Nullable Sender fromServer) {
  public static final CongestionReport NONE = new CongestionReport(null, null);

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return fromClient == null && fromServer == null;
  }

  /** Returns one side as a sender; null if it sent too little. */
  public @Nullable Sender of(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }

  /**
   * One side as a sender.
   *
   * @param basis from what its flight is known
   * @param initialWindow what it sent before it had heard that any of it arrived; nothing where the
   *     capture does not tell
   * @param maxFlight the most that was on its way at once
   * @param rounds how many round trips its data took, each from a segment to the acknowledgement of
   *     it
   * @param phases how its flight developed; where there were very many, the first ones
   * @param leftOut how many phases are not listed
   */
  public record Sender(
      Basis basis,
      Flight initialWindow,
      Flight maxFlight,
      long rounds,
      List<CongestionPhase> phases,
      long leftOut) {}

  /** From what a flight is known. */
  public enum Basis {
    /** The capture was taken beside the sender: what was acknowledged here, it knew. */
    SENDER("sender"),
    /** Its timestamps echo which acknowledgement it had heard of. */
    TIMESTAMPS("timestamps"),
    /** Only as the capture point saw it, where acknowledgements are ahead of the sender. */
    CAPTURE_POINT("capture-point");

    private final String id;

    Basis(String id) {
      this.id = id;
    }

    /** Returns its name in records. */
    public String id() {
      return id;
    }
  }
}
