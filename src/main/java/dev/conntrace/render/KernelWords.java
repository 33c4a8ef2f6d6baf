package dev.conntrace.render;

import dev.conntrace.trace.Durations;
import dev.conntrace.trace.KernelAgreement;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.SocketCall;
import dev.conntrace.trace.SocketOwner;
import dev.conntrace.trace.SocketTimer;
import dev.conntrace.trace.TcpInfo;
import dev.conntrace.trace.TcpState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what the kernel has of both ends of a connection: in one line what came in a row between two
 * segments. A process is named when it appears and not again.
 */
final class KernelWords {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_MICRO = 1000;

  /** What comes later than this after the one before begins a line. */
  private static final long TOGETHER_NANOS = 1_000_000;

  /** By when the details of a state are known that a trace point told of. */
  private static final long DETAILS_NANOS = 20_000_000;

  private final List<Item> items = new ArrayList<>();
  private final EnumMap<Side, SocketOwner> named = new EnumMap<>(Side.class);
  private final EnumMap<Side, String> reasons = new EnumMap<>(Side.class);
  private long firstNanos;
  private long lastNanos;

  /** What was seen of one end in a row. */
  private static final class Item {
    private final Side side;
    private final List<TcpState> states = new ArrayList<>();
    private final EnumSet<SocketCall> proves = EnumSet.noneOf(SocketCall.class);
    private KernelObserved last;
    private @Nullable KernelSocket socket;
    private @Nullable SocketOwner owner;

    Item(KernelObserved first) {
      side = first.side();
      last = first;
    }

    void add(KernelObserved event) {
      if (states.isEmpty() || states.get(states.size() - 1) != event.state()) {
        states.add(event.state());
        socket = null;
      }
      proves.addAll(event.proves());
      socket = event.socket() == null ? socket : event.socket();
      owner = event.owner() == null ? owner : event.owner();
      last = event;
    }
  }

  /** Returns whether something is still to be said that this does not belong to. */
  boolean isApartFrom(KernelObserved event) {
    if (items.isEmpty()) {
      return false;
    }
    KernelObserved last = items.get(items.size() - 1).last;
    boolean same = last.side() == event.side() && last.state() == event.state();
    return event.timestampNanos() - lastNanos > (same ? DETAILS_NANOS : TOGETHER_NANOS);
  }

  /** Returns when the first of what is still to be said was so. */
  long nanos() {
    return firstNanos;
  }

  /** Adds what was seen next. */
  void add(KernelObserved event) {
    if (items.isEmpty()) {
      firstNanos = event.timestampNanos();
    }
    lastNanos = event.timestampNanos();
    Item item = items.isEmpty() ? null : items.get(items.size() - 1);
    if (item == null || item.side != event.side() || isListener(item.last) != isListener(event)) {
      item = new Item(event);
      items.add(item);
    }
    item.add(event);
  }

  private static boolean isListener(KernelObserved event) {
    return event.state() == TcpState.LISTEN;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Returns the line, and begins an empty one. */
  Prose line() {
    Prose prose = new Prose().add(Meaning.NOTICE, "kernel: ");
    String separator = "";
    for (Item item : items) {
      prose.add(separator);
      add(prose, item);
      separator = "; ";
    }
    items.clear();
    return prose;
  }

  private void add(Prose prose, Item item) {
    prose.add(Arrow.colour(item.side), item.side.id()).add(" ");
    String arrow = "";
    for (TcpState state : item.states) {
      prose.add(arrow).add(Meaning.STATE, state.name());
      arrow = ", then ";
    }
    KernelSocket socket = item.socket;
    if (socket != null) {
      prose.add(socket.isListener() ? listener(socket) : details(socket));
    }
    SocketOwner owner = item.owner;
    if (owner != null && !owner.equals(named.put(item.side, owner))) {
      prose.add(", " + Escaped.text(owner.command()) + "[" + owner.pid() + "]");
    }
    addRemark(prose, item);
  }

  private static String listener(KernelSocket socket) {
    String full = socket.receiveQueue() > socket.sendQueue() ? ": its queue is full" : "";
    String waiting =
        socket.receiveQueue() == 0
            ? ""
            : ", " + Counted.of(socket.receiveQueue(), "connection") + " not accepted yet" + full;
    return ", backlog " + socket.sendQueue() + waiting;
  }

  private static String details(KernelSocket socket) {
    StringBuilder text = new StringBuilder();
    if (socket.isTimeWait()) {
      return ", " + Durations.text(socket.timerMillis() * NANOS_PER_MILLI) + " left";
    }
    boolean mayHoldBytes =
        socket.state() == TcpState.ESTABLISHED || socket.state() == TcpState.CLOSE_WAIT;
    if (mayHoldBytes && !socket.isHeld()) {
      text.append(", not accepted yet");
    }
    if (mayHoldBytes && socket.receiveQueue() > (socket.state() == TcpState.CLOSE_WAIT ? 1 : 0)) {
      text.append(", ").append(Counted.of(socket.receiveQueue(), "byte")).append(" not read");
    }
    if (socket.sendQueue() > (isFinOnItsWay(socket.state()) ? 1 : 0)) {
      text.append(", ").append(Counted.of(socket.sendQueue(), "byte")).append(" unacknowledged");
    }
    if (socket.timer() == SocketTimer.PERSIST) {
      text.append(", probes the closed window");
    }
    TcpInfo info = socket.info();
    return info == null || !mayHoldBytes ? text.toString() : text + sending(info);
  }

  private static boolean isFinOnItsWay(TcpState state) {
    return state == TcpState.FIN_WAIT_1 || state == TcpState.CLOSING || state == TcpState.LAST_ACK;
  }

  private static String sending(TcpInfo info) {
    StringBuilder text = new StringBuilder(", cwnd ").append(info.congestionWindow());
    if (info.slowStartThreshold() < TcpInfo.NO_THRESHOLD) {
      text.append(", ssthresh ").append(info.slowStartThreshold());
    }
    if (info.smoothedRttMicros() > 0) {
      text.append(", rtt ").append(Durations.text(info.smoothedRttMicros() * NANOS_PER_MICRO));
    }
    if (info.retransmissions() > 0) {
      text.append(", ").append(Counted.of(info.retransmissions(), "retransmission"));
    }
    return text.toString();
  }

  /** Says which calls it proves, and how it compares with what the segments prove. */
  private void addRemark(Prose prose, Item item) {
    KernelObserved last = item.last;
    String separator = ": ";
    if (!item.proves.isEmpty()) {
      prose.add(separator + "has called " + names(item.proves));
      separator = "; ";
    }
    if (last.agreement() == KernelAgreement.CONTRADICTS) {
      prose.add(separator).add(Meaning.ERROR, "contradicts the segments: " + last.reason());
    } else if (!last.reason().isEmpty() && last.reason().equals(reasons.get(item.side))) {
      return;
    } else if (!last.reason().isEmpty()) {
      prose.add(Meaning.DIM, separator + last.reason());
    } else if (!isListener(last)) {
      prose.add(Meaning.DIM, " (agrees)");
    }
    reasons.put(item.side, last.reason());
  }

  private static String names(Set<SocketCall> calls) {
    StringBuilder text = new StringBuilder();
    for (SocketCall call : calls) {
      text.append(text.length() == 0 ? "" : ", ").append(call.id());
    }
    return text.toString();
  }
}
