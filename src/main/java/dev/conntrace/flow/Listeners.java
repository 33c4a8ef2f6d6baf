package dev.conntrace.flow;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ListenerReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.TransportAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts, for each server address and port, who called and how many were served at once. Bounded:
 * later listeners are not counted.
 */
final class Listeners {
  private static final int MAX_LISTENERS = 65_536;
  private static final int MAX_CLIENTS_EACH = 4_096;
  private static final int MAX_CLIENTS_ALL = 1 << 20;

  private static final Comparator<ListenerReport> MOST_CALLED_FIRST = new MostCalledFirst();

  private final Map<TransportAddress, Listener> listeners = new HashMap<>();
  private int clients;
  private boolean full;

  /** What is counted for one server address. */
  static final class Listener {
    private final Set<TransportAddress> clients = new HashSet<>();
    private boolean clientsExact = true;
    private long connections;
    private long openNow;
    private long mostAtOnce;
    private long refused;
    private long unanswered;

    /** TTL or hop limit of its last SYN-ACK; 0 before there was one. */
    int hopLimit;

    /** Returns whether it ever completed a handshake. */
    boolean hasServed() {
      return mostAtOnce > 0;
    }
  }

  /** A connection was seen for the first time. */
  void called(Connection connection) {
    Listener listener = of(connection.serverAddress());
    connection.listener = listener;
    if (listener == null) {
      return;
    }
    listener.connections++;
    if (listener.clients.size() < MAX_CLIENTS_EACH && clients < MAX_CLIENTS_ALL) {
      clients += listener.clients.add(connection.clientHost()) ? 1 : 0;
    } else if (!listener.clients.contains(connection.clientHost())) {
      listener.clientsExact = false;
    }
  }

  void established(Connection connection) {
    Listener listener = connection.listener;
    if (listener != null) {
      listener.openNow++;
      listener.mostAtOnce = Math.max(listener.mostAtOnce, listener.openNow);
    }
  }

  /** An established connection is closed on both sides. */
  void finished(Connection connection) {
    Listener listener = connection.listener;
    if (listener != null) {
      listener.openNow--;
    }
  }

  /** How a connection turned out. */
  void turnedOut(Connection connection, Opened opened) {
    Listener listener = connection.listener;
    if (listener == null) {
      return;
    }
    if (opened == Opened.REFUSED) {
      listener.refused++;
    } else if (opened == Opened.UNANSWERED) {
      listener.unanswered++;
    }
  }

  private @Nullable Listener of(TransportAddress address) {
    Listener listener = listeners.get(address);
    if (listener == null && listeners.size() < MAX_LISTENERS) {
      listener = new Listener();
      listeners.put(address, listener);
    }
    full |= listener == null;
    return listener;
  }

  /** Returns whether there were more listeners than are counted. */
  boolean isFull() {
    return full;
  }

  /** Returns the listeners, the most called first. */
  List<ListenerReport> report() {
    List<ListenerReport> list = new ArrayList<>();
    for (Map.Entry<TransportAddress, Listener> entry : listeners.entrySet()) {
      Listener listener = entry.getValue();
      list.add(
          new ListenerReport(
              entry.getKey(),
              listener.clients.size(),
              listener.clientsExact,
              listener.connections,
              listener.mostAtOnce,
              listener.refused,
              listener.unanswered));
    }
    list.sort(MOST_CALLED_FIRST);
    return list.size() > CaptureReport.MAX_LISTENERS
        ? List.copyOf(list.subList(0, CaptureReport.MAX_LISTENERS))
        : list;
  }

  /** A class and no lambda: the first lambda of a process costs more than a small capture. */
  private static final class MostCalledFirst implements Comparator<ListenerReport> {
    @Override
    public int compare(ListenerReport a, ListenerReport b) {
      int order = Long.compare(b.connections(), a.connections());
      return order != 0 ? order : a.address().toString().compareTo(b.address().toString());
    }
  }
}
